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
    /// How often a write reached a node late although nothing kept anybody apart.
    private(set) var late = 0
    /// The latest of them.
    private var latest: (anomaly: Anomaly, by: Nanoseconds)?
    /// How often it was late only if the machine had time for the nodes when the harness stood still.
    private(set) var excused = 0
    /// Writes too young at the end to be judged.
    private(set) var undecided = 0
    private(set) var updateCount = 0
    /// Keys of which a living node lacks a write that is old enough.
    private(set) var anomalies: [Anomaly] = []

    private let situation: RunSituation
    private let claims: CompletenessClaims
    private let nodes: [NodeID]
    private let roundsMax: Int
    private let grace: Nanoseconds

    /// - Parameters:
    ///   - timeline: Who held what.
    ///   - situation: What kept the nodes apart.
    ///   - claims: What the nodes took themselves for complete in.
    ///   - round: How long a round takes.
    ///   - roundsMax: In how many rounds without a disturbance a write must reach everybody.
    init(
        _ timeline: StoreTimeline, _ situation: RunSituation, _ claims: CompletenessClaims,
        round: Nanoseconds, roundsMax: Int
    ) {
        self.situation = situation
        self.claims = claims
        self.roundsMax = roundsMax
        grace = Nanoseconds(roundsMax) * round
        nodes = timeline.nodes
        let alive = nodes.indices.filter { situation.isAlive(nodes[$0]) }
        for key in timeline.keys {
            var lacking: (update: StoreTimeline.Update, nodes: [NodeID])?
            for update in key.updates {
                updateCount += 1
                // If nobody living had it, it went down with its writer, which is no divergence.
                guard let first = alive.compactMap({ key.covered(update, at: $0) }).min() else {
                    continue
                }
                let outlasted = timeline.outlasted(update, of: key, situation, grace: grace)
                let known = max(update.time, min(first, outlasted ?? first))
                judgeEndedGenerations(timeline, update, of: key, knownAt: known)
                let missing = follow(update, of: key, alive, knownAt: known)
                guard !missing.isEmpty else { continue }
                let since = missing.map { situation.awake($0, since: known) }.max() ?? known
                let window = situation.disturbances.window(from: since, length: grace)
                if window.deadline > situation.end {
                    undecided += 1
                } else {
                    lacking = (update, missing)
                }
            }
            if let lacking { anomalies.append(divergence(key, lacking, alive)) }
        }
        if let latest { anomalies.append(latest.anomaly) }
    }

    /// Measures how a write spread that somebody who lives knew from a time on; returns the nodes that
    /// never came to hold it.
    private mutating func follow(
        _ update: StoreTimeline.Update, of key: StoreTimeline.Key, _ alive: [Int],
        knownAt known: Instant
    ) -> [NodeID] {
        var missing: [NodeID] = []
        var last = update.time
        var length: Nanoseconds = 0
        for node in alive {
            guard let time = key.covered(update, at: node) else {
                if !key.lacksNothing(of: update, at: node, alive) { missing.append(nodes[node]) }
                continue
            }
            if key.hadForgotten(update, at: node) || wasExcused(update, of: key, node, time, known)
            {
                continue
            }
            last = max(last, time)
            length = max(length, time - situation.awake(nodes[node], since: update.time))
            if time - known > grace {
                judge(update, of: key, at: nodes[node], time, knownAt: known)
            }
            if update.time <= situation.healed { settle(nodes[node], at: time) }
        }
        guard missing.isEmpty else { return missing }
        all.append(length)
        if !situation.faults.touch(update.time, last) { calm.append(length) }
        return []
    }

    /// Whether a node began with nothing, and before it was bound to hold a write that was deleted
    /// since, the deletion was forgotten.
    private func wasExcused(
        _ update: StoreTimeline.Update, of key: StoreTimeline.Key, _ node: Int, _ time: Instant,
        _ known: Instant
    ) -> Bool {
        guard !key.collected.isEmpty else { return false }
        let awake = situation.awake(nodes[node], since: known)
        guard awake > known else { return false }
        let due = situation.disturbances.window(from: awake, length: grace).deadline
        return time > due && key.wasForgotten(update, by: due)
    }

    /// Looks for lives that lasted longer than the bound after a write was known, and without it.
    private mutating func judgeEndedGenerations(
        _ timeline: StoreTimeline, _ update: StoreTimeline.Update, of key: StoreTimeline.Key,
        knownAt known: Instant
    ) {
        for (place, generation) in timeline.endedGenerations.enumerated()
        where known < generation.end {
            let time = key.past[place].flatMap { key.covered(update, in: $0) }
            let from = max(known, generation.start)
            let window = situation.disturbances.window(from: from, length: grace)
            guard window.deadline < generation.end, time ?? generation.end > window.deadline,
                !key.wasForgotten(update, by: generation.end)
            else { continue }
            blame(
                update, of: key, nodes[generation.node], until: time ?? generation.end, window,
                what: time == nil ? ", when it was taken away" : "")
        }
    }

    /// Says whether a node that held a write only after the bound is to blame.
    private mutating func judge(
        _ update: StoreTimeline.Update, of key: StoreTimeline.Key, at node: NodeID, _ time: Instant,
        knownAt known: Instant
    ) {
        let since = situation.awake(node, since: known)
        guard time > situation.faults.window(from: since, length: grace).deadline else { return }
        let window = situation.disturbances.window(from: since, length: grace)
        guard time > window.deadline else { return excused += 1 }
        blame(update, of: key, node, until: time, window, what: "")
    }

    /// Keeps the write that was late by most.
    private mutating func blame(
        _ update: StoreTimeline.Update, of key: StoreTimeline.Key, _ node: NodeID,
        until time: Instant, _ window: Disturbances.Window, what: String
    ) {
        late += 1
        let delay = time - window.deadline
        guard delay > latest?.by ?? 0 else { return }
        let anomaly = Anomaly(
            kind: .lateConvergence,
            explanation:
                "key \(key.name): \(node) held neither \(update.words) nor a later write before "
                + "\(time)\(what), although nothing kept anybody apart from \(window.start) to "
                + "\(window.deadline), the bound of \(roundsMax) rounds",
            subject: .init(key: key.name, stamp: update.stamp), needsEnd: true)
        latest = (anomaly, delay)
    }

    private mutating func settle(_ node: NodeID, at time: Instant) {
        let late = time - situation.awake(node, since: situation.reunited)
        if late > 0 { settling = max(settling ?? late, late) }
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
            explanation: "key \(key.name): \(lacking.nodes.names) never came to hold "
                + "\(lacking.update.words), which \(holders.names) held, with nothing between them from "
                + "\(since) to the end at \(situation.end)" + gaps.joined(),
            subject: .init(key: key.name, stamp: lacking.update.stamp), needsEnd: true)
    }

    /// What a node says of itself that keeps others from sending it a write.
    private func gap(
        of stamp: WriteVersion, of key: StoreTimeline.Key, at node: NodeID
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

extension [NodeID] {
    /// The nodes as a sentence names them.
    var names: String { map(\.description).joined(separator: " ") }
}
