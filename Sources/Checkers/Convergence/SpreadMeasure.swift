import HistoryModel
import Vocabulary

/// How fast writes reached everybody, and which never did.
struct SpreadMeasure {
    /// How long a write took to the living node that held it or a greater one last, for writes that
    /// began and ended without a fault.
    ///
    /// For a node that was started later the time counts from its start.
    private(set) var calm: [Nanoseconds] = []
    /// The same for all writes that reached everybody.
    private(set) var all: [Nanoseconds] = []
    /// How long after the reunion, or a node's later start, it went on until every living node held
    /// every write from before the heal; nil if all did by then.
    private(set) var settling: Nanoseconds?
    /// The same, counted from when the harness had stood still for the last time, if that was later.
    private(set) var undisturbedSettling: Nanoseconds?
    /// Writes too young at the end to be judged.
    private(set) var undecided = 0
    private(set) var updateCount = 0
    /// Keys of which a living node lacks a write that is old enough.
    private(set) var anomalies: [Anomaly] = []

    private let situation: RunSituation
    private let claims: CompletenessClaims
    private let nodes: [NodeID]
    private let calmTimes: CalmTimes

    init(
        _ timeline: StoreTimeline, _ situation: RunSituation, _ claims: CompletenessClaims,
        faults: [FaultRecord], grace: Nanoseconds
    ) {
        self.situation = situation
        self.claims = claims
        nodes = timeline.nodes
        calmTimes = CalmTimes(faults, end: situation.end)
        let alive = nodes.indices.filter { situation.isAlive(nodes[$0]) }
        for key in timeline.keys {
            var lacking: (update: StoreTimeline.Update, nodes: [NodeID])?
            for update in key.updates {
                updateCount += 1
                let missing = follow(update, of: key, alive)
                // If nobody living had it, it went down with its writer, which is no divergence.
                guard !missing.isEmpty, missing.count < alive.count else { continue }
                let since = missing.map { situation.awake($0, since: update.time) }.max()
                if max(since ?? update.time, situation.undisturbed) + grace > situation.end {
                    undecided += 1
                } else {
                    lacking = (update, missing)
                }
            }
            if let lacking { anomalies.append(divergence(key, lacking, alive)) }
        }
    }

    /// Measures how a write spread; returns the nodes that never came to hold it.
    private mutating func follow(
        _ update: StoreTimeline.Update, of key: StoreTimeline.Key, _ alive: [Int]
    ) -> [NodeID] {
        var missing: [NodeID] = []
        var latest = update.time
        var length: Nanoseconds = 0
        for node in alive {
            guard let time = key.covered(update.stamp, at: node) else {
                if key.lacksNothing(of: update, at: node) { continue }
                missing.append(nodes[node])
                continue
            }
            latest = max(latest, time)
            length = max(length, time - situation.awake(nodes[node], since: update.time))
            guard update.time <= situation.healed else { continue }
            settle(nodes[node], at: time)
        }
        guard missing.isEmpty else { return missing }
        all.append(length)
        if calmTimes.contain(update.time, latest) { calm.append(length) }
        return []
    }

    private mutating func settle(_ node: NodeID, at time: Instant) {
        let late = time - situation.awake(node, since: situation.reunited)
        if late > 0 { settling = max(settling ?? late, late) }
        let later = time - situation.awake(node, since: situation.undisturbed)
        if later > 0 { undisturbedSettling = max(undisturbedSettling ?? later, later) }
    }

    private func divergence(
        _ key: StoreTimeline.Key, _ lacking: (update: StoreTimeline.Update, nodes: [NodeID]),
        _ alive: [Int]
    ) -> Anomaly {
        let holders = alive.map { nodes[$0] }.filter { !lacking.nodes.contains($0) }
        let since = max(lacking.update.time, situation.reunited)
        // A deletion that was forgotten too early can reach nobody any more.
        let isForgotten = key.collected[lacking.update.stamp] != nil
        let gaps = lacking.nodes.compactMap { gap(of: lacking.update.stamp, of: key, at: $0) }
        return Anomaly(
            kind: isForgotten ? .resurrectedDelete : gaps.isEmpty ? .divergence : .gap,
            story: "key \(key.name): \(lacking.nodes.names) never came to hold "
                + "\(lacking.update.words), which \(holders.names) held; apart from \(since) to "
                + "the end at \(situation.end)" + gaps.joined(),
            subject: .init(key: key.name, stamp: lacking.update.stamp))
    }

    /// What a node says of itself that keeps others from sending it a write.
    private func gap(
        of stamp: WriteStamp, of key: StoreTimeline.Key, at node: NodeID
    ) -> String? {
        // One that holds another write of the same version was sent this one, and did not take it.
        if let place = nodes.firstIndex(of: node),
            key.holdings[place].last?.stamp.version == stamp.version
        {
            return nil
        }
        return claims.claim(of: node, over: stamp).map { version in
            "; \(node) takes itself for complete in the writes of \(stamp.writer) up to version "
                + "\(version), so nobody sends it"
        }
    }
}

/// The times in which no fault was at work.
struct CalmTimes {
    private let faults: [(start: Instant, end: Instant)]

    init(_ faults: [FaultRecord], end: Instant) {
        self.faults = faults.map { ($0.start, max($0.end ?? end, $0.firstDelivery ?? .zero)) }
    }

    func contain(_ start: Instant, _ end: Instant) -> Bool {
        !faults.contains { $0.start <= end && start <= $0.end }
    }
}

extension [NodeID] {
    /// The nodes as a sentence names them.
    var names: String { map(\.description).joined(separator: " ") }
}
