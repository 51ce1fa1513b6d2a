import Vocabulary

// Durability: when effects may leave, and what is found again after a crash.

extension GossipCore {
    mutating func save(_ record: StoreRecord) { persistence.add(record) }

    mutating func saveWhatChanged() {
        guard let (records, token) = persistence.request() else { return }
        outbox.append(.save(records, token))
    }

    /// Hands out an effect once everything that is in memory now is durable.
    mutating func emitWhenDurable(_ effect: GossipEffect) {
        let token = persistence.latest
        if token <= persistence.saved {
            outbox.append(effect)
        } else {
            persistence.held.append(.init(token: token, effect: effect))
        }
    }

    mutating func trace(_ event: GossipTraceEvent) { emitWhenDurable(.trace(event)) }

    mutating func saved(_ token: SyncToken) {
        guard token > persistence.saved else { return }
        persistence.saved = token
        let released = persistence.held.prefix { $0.token <= token }
        outbox.append(contentsOf: released.map(\.effect))
        persistence.held.removeFirst(released.count)
    }

    /// Whether others may learn of an entry.
    func isDurable(_ slot: GossipStore.Slot) -> Bool { slot.token <= persistence.saved }

    /// Sends entries that are durable, or what says nothing about any.
    mutating func send(_ message: GossipMessage, to node: NodeID) {
        outbox.append(addressed(message, to: node))
        notePropagation(message, to: node)
    }

    /// Sends what speaks of the whole store.
    mutating func sendWhenDurable(_ message: GossipMessage, to node: NodeID) {
        emitWhenDurable(addressed(message, to: node))
        notePropagation(message, to: node)
    }

    private mutating func notePropagation(_ message: GossipMessage, to node: NodeID) {
        guard configuration.notesPropagation else { return }
        for entry in message.entries { trace(.told(key: entry.key, entry.stamp, to: node)) }
    }

    private mutating func addressed(_ message: GossipMessage, to node: NodeID) -> GossipEffect {
        let bytes = message.bytes
        traffic.messages += 1
        traffic.bytes += bytes
        let fits = bytes <= configuration.datagramBytesMax || configuration.streamBytesMax == 0
        return .send(message, to: node, over: fits ? .datagram : .stream)
    }

    /// Takes in what earlier incarnations stored; the node is not running yet.
    mutating func restore(_ state: GossipDurableState) {
        for record in state.records {
            switch record {
            case .entry(let entry):
                clock = max(clock, entry.stamp.version)
                _ = store.merge(entry, token: persistence.saved)
            case .complete(let maximum):
                clock = max(clock, maximum.version)
                _ = store.complete(maximum)
            case .collected(let key, let stamp):
                if let place = store.place(of: key), store.slot(place)?.entry.stamp == stamp {
                    store.remove(at: place)
                }
            }
        }
        for slot in store.all where slot.entry.isTombstone {
            if let place = store.place(of: slot.entry.key) {
                tombstones.add(place, slot.entry.stamp, at: .zero)
            }
        }
        if configuration.defects.contains(.versionReset) { clock = 0 }
    }
}
