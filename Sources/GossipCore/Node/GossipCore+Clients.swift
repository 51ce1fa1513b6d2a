import Vocabulary

// What clients ask for.

extension GossipCore {
    mutating func accept(_ request: ClientRequest, id: RequestID) {
        switch request {
        case .get(let key):
            let entry = store[key]?.entry
            emitWhenDurable(.respond(.value(entry?.value, entry?.stamp), id: id))
        case .list(let prefix): emitWhenDurable(.respond(.listed(items(prefix)), id: id))
        case .put(let key, let value, let seen): write(key, value, seen: seen, id: id)
        case .delete(let key, let seen): write(key, nil, seen: seen, id: id)
        }
    }

    private func items(_ prefix: String) -> [KeyValue] {
        store.all.compactMap { slot in
            guard let value = slot.entry.value, slot.entry.key.hasPrefix(prefix) else { return nil }
            return KeyValue(key: slot.entry.key, value: value)
        }.sorted { $0.key < $1.key }
    }

    private mutating func write(_ key: String, _ value: String?, seen: Version, id: RequestID) {
        guard joining.isEmpty else { return outbox.append(.respond(.refused(.joining), id: id)) }
        let entry = Entry(
            key: key, value: value,
            stamp: Stamp(version: nextVersion(above: seen), writer: configuration.writer))
        if let refusal = refusal(of: entry) {
            traffic.refused += 1
            return outbox.append(.respond(.refused(refusal), id: id))
        }
        clock = entry.stamp.version
        if case .applied(let place) = merge(entry) {
            let complete = Maximum(configuration.writer, entry.stamp.version)
            if store.complete(complete) { save(.complete(complete)) }
            trace(.written(entry, hash: store.slot(place)?.hash ?? 0))
            heat(place, from: nil)
        }
        emitWhenDurable(.respond(.stored(entry.stamp), id: id))
    }

    /// A version above all that the node and the client have met, so that the write supersedes what
    /// either has seen.
    private func nextVersion(above seen: Version) -> Version {
        if configuration.defects.contains(.wallClock) {
            return Version(clamping: now.nanoseconds / 1000)
        }
        let next = max(clock, seen).addingReportingOverflow(1)
        return next.overflow ? .max : next.partialValue
    }
}
