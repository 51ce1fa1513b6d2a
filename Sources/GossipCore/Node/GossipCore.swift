public import Vocabulary

/// One node of a gossip store as a value: all that decides, and nothing that acts.
///
/// The shell feeds it events and carries out its effects in the order given. It never waits: what
/// takes time (disk, network) is an effect, and comes back as an event.
///
/// Nothing leaves the node before it is durable. A write goes to others, and its client hears of
/// it, when the sync that covers it has completed; until then it can only be looked at in memory. A
/// message that speaks of the whole store (a digest, what answers one) is held until everything
/// that it was made from is durable.
///
/// Source: Demers et al., "Epidemic algorithms for replicated database maintenance" (1987); the
/// digests with the greatest version of each writer follow van Renesse et al., "Efficient
/// reconciliation and flow control for anti-entropy protocols" (2008).
public struct GossipCore: Sendable {
    /// What the node was told at the start.
    public let configuration: GossipConfiguration
    /// What the node has sent and received since it started.
    public internal(set) var traffic = Traffic()

    var store: GossipStore
    var peers: PeerList
    /// The greatest version that the node has met.
    var clock: Version = 0
    var random: RandomStream

    /// The time of the current step.
    var now = Instant.zero
    /// The effects of the current step.
    var outbox: [GossipEffect] = []
    var persistence = GossipPersistence()

    /// What the node is spreading, in the order in which it came.
    var rumors: [Rumor] = []
    var rumorDeadline = Instant.distantFuture
    var antiEntropyDeadline = Instant.distantFuture
    /// Rounds of anti-entropy since the start.
    var roundCount = 0
    var tombstones = TombstoneKeeper()
    /// Those that the node has yet to hear from before it takes writes; see `Refusal.joining`.
    var joining: [NodeID] = []
    private var tracedState: UInt64?
    private var tracedMaxima: [Maximum] = []
    private var isDeaf = false

    /// Makes a node from what it finds on its disk.
    ///
    /// - Parameters:
    ///   - configuration: Who the node is and how it behaves.
    ///   - state: What the earlier incarnations stored.
    ///   - seed: The source of all its randomness; each incarnation draws other numbers from it.
    public init(
        configuration: GossipConfiguration, state: GossipDurableState = GossipDurableState(),
        seed: Seed
    ) {
        self.configuration = configuration
        store = GossipStore(indexesRanges: configuration.antiEntropy?.comparison == .ranges)
        peers = PeerList(id: configuration.id, members: configuration.members)
        random = seed.stream(
            "gossip \(configuration.id) \(configuration.generation) \(configuration.incarnation)")
        restore(state)
        if configuration.generation > 1, configuration.antiEntropy?.collectsTombstones == true,
            store.complete(of: configuration.writer) == 0
        {
            joining = peers.others
        }
    }

    /// The node itself.
    public var id: NodeID { configuration.id }

    /// What the node holds of a key, durable or not.
    public func entry(of key: String) -> Entry? { store[key]?.entry }

    /// All that the node holds, in the order of the keys.
    public var entries: [Entry] { store.all.map(\.entry).sorted { $0.key < $1.key } }

    /// Everything that the node must find again, as few records as possible: what may replace all
    /// that were saved so far.
    ///
    /// The entries come before the maxima, without which no entry would count as an old one.
    public var snapshot: GossipDurableState {
        GossipDurableState(
            records: store.all.map { .entry($0.entry) }
                + store.maxima.filter { $0.version > 0 }.map { .complete($0) })
    }

    /// The sum of the hashes of all entries but tombstones; equal for equal contents.
    public var stateHash: UInt64 { store.stateHash }

    /// How many writes the node is spreading.
    public var rumorCount: Int { rumors.count }

    /// When the node wants its next `tick`, if nothing else happens before.
    public var nextDeadline: Instant { min(rumorDeadline, antiEntropyDeadline) }

    /// Takes in one event and adds to `effects` what is to be done.
    ///
    /// - Parameters:
    ///   - event: What happened.
    ///   - now: The time, which never goes back.
    ///   - effects: Receives the effects, to be carried out in their order.
    public mutating func step(
        _ event: GossipEvent, now: Instant, effects: inout [GossipEffect]
    ) {
        self.now = now
        swap(&outbox, &effects)
        switch event {
        case .start: start()
        case .received(let message, let sender): receive(message, from: sender)
        case .undecodable: receiveGarbage()
        case .strange: refuse(.unknownSender, from: nil)
        case .outdated(let sender): refuse(.outdated, from: sender)
        case .requested(let request, let id): accept(request, id: id)
        case .tick: tick()
        case .saved(let token): saved(token)
        case .membersChanged(let alive, let dead): peers.change(alive: alive, dead: dead)
        case .removed(let node): remove(node)
        }
        saveWhatChanged()
        swap(&outbox, &effects)
    }

    // MARK: - Time

    private mutating func start() {
        trace(
            .started(
                incarnation: configuration.incarnation,
                entries: store.liveCount + tombstones.all.count))
        for slot in store.all { trace(.recovered(slot.entry, hash: slot.hash)) }
        if configuration.antiEntropy != nil { antiEntropyDeadline = begin(antiEntropyInterval) }
        if configuration.rumors?.direction.pulls == true {
            rumorDeadline = begin(rumorInterval)
        }
    }

    var rumorInterval: Nanoseconds { configuration.rumors?.interval ?? 0 }
    private var antiEntropyInterval: Nanoseconds { configuration.antiEntropy?.interval ?? 0 }

    /// Where in a round a node begins: anywhere, or all at once if there is no jitter.
    private mutating func begin(_ interval: Nanoseconds) -> Instant {
        guard configuration.jitterPercent > 0 else { return now + interval }
        return now + .random(in: 1...max(1, interval), using: &random)
    }

    mutating func after(_ interval: Nanoseconds) -> Instant {
        let late = interval * Nanoseconds(configuration.jitterPercent) / 100
        return now + interval + (late > 0 ? .random(in: 0...late, using: &random) : 0)
    }

    private mutating func tick() {
        if now >= rumorDeadline {
            spreadRumors()
            let goesOn = !rumors.isEmpty || configuration.rumors?.direction.pulls == true
            rumorDeadline = goesOn ? after(rumorInterval) : .distantFuture
        }
        if now >= antiEntropyDeadline {
            roundCount += 1
            collectTombstones()
            beginAntiEntropy()
            traceState()
            antiEntropyDeadline = after(antiEntropyInterval)
        }
    }

    private mutating func traceState() {
        if tracedState != store.stateHash {
            tracedState = store.stateHash
            trace(.state(hash: store.stateHash, entries: store.liveCount))
        }
        if configuration.antiEntropy?.collectsTombstones == true, tracedMaxima != store.maxima {
            tracedMaxima = store.maxima
            trace(.complete(tracedMaxima))
        }
        if roundCount % max(1, configuration.trafficPeriod) == 0 { trace(.traffic(traffic)) }
    }

    // MARK: - Messages

    private mutating func receive(_ message: GossipMessage, from sender: NodeID) {
        guard !isDeaf, sender != id else { return }
        guard peers.isMember(sender) else { return refuse(.unknownSender, from: sender) }
        switch message {
        case .rumors(let exchange): receive(exchange, from: sender)
        case .state(let exchange): receive(exchange, from: sender)
        case .digest(let digest): receive(digest, from: sender)
        case .delta(let delta): receive(delta, from: sender)
        case .ranges(let exchange): receive(exchange, from: sender)
        }
    }

    private mutating func receiveGarbage() {
        if configuration.defects.contains(.deafAfterGarbage) { isDeaf = true }
        refuse(.undecodable, from: nil)
    }

    private mutating func remove(_ node: NodeID) {
        peers.remove(node)
        tombstones.forget(node)
        joining.removeAll { $0 == node }
    }

    mutating func refuse(_ refusal: Refusal, from sender: NodeID?) {
        traffic.refused += 1
        trace(.refused(refusal, from: sender))
    }

    // MARK: - Entries

    /// Why an entry cannot be honest, or is more than this node takes.
    func refusal(of entry: Entry) -> Refusal? {
        let key = entry.key.utf8
        if key.isEmpty || key.count > configuration.keyBytesMax || key.contains(where: { $0 <= 32 })
        {
            return .badKey
        }
        if (entry.value?.utf8.count ?? 0) > configuration.valueBytesMax
            || entry.bytes > configuration.messageBytesMax / 2
        {
            return .valueTooLarge
        }
        if entry.stamp.version > configuration.versionMax,
            !configuration.defects.contains(.acceptForged)
        {
            return .versionBeyondBound
        }
        return nil
    }

    /// What came of an entry that another node sent.
    enum Reception {
        case applied(place: Int)
        case known
        case refused
    }

    /// Takes in an entry from another node.
    mutating func accept(_ entry: Entry, from sender: NodeID) -> Reception {
        traffic.entries += 1
        if let refusal = refusal(of: entry) {
            refuse(refusal, from: sender)
            return .refused
        }
        clock = max(clock, entry.stamp.version)
        guard case .applied(let place) = merge(entry) else {
            traffic.needless += 1
            return .known
        }
        trace(
            .applied(
                key: entry.key, entry.stamp, isTombstone: entry.isTombstone,
                hash: store.slot(place)?.hash ?? 0, from: sender))
        return .applied(place: place)
    }

    /// Stores an entry, in memory at once and on disk when the next sync completes.
    mutating func merge(_ entry: Entry) -> GossipStore.Merge {
        let breaksTies = !configuration.defects.contains(.noTieBreak)
        let merge = store.merge(entry, token: persistence.next, breaksTies: breaksTies)
        if case .applied(let place) = merge {
            save(.entry(entry))
            if entry.isTombstone { tombstones.add(place, entry.stamp, at: now) }
        }
        return merge
    }
}
