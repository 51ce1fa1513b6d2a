import HistoryModel
import Vocabulary

/// How fast writes reached everybody, and which never did.
struct SpreadMeasure {
    /// From the write until the last living node held it or a greater one, for writes that began and
    /// ended without a fault.
    private(set) var calm: [Nanoseconds] = []
    /// The same for all writes that reached everybody.
    private(set) var all: [Nanoseconds] = []
    /// When the last write from before the heal reached the last living node.
    private(set) var settledAt: Instant?
    /// Writes too young at the end to be judged.
    private(set) var undecided = 0
    private(set) var updateCount = 0
    /// Keys of which a living node lacks a write that is old enough.
    private(set) var anomalies: [Anomaly] = []

    init(
        _ timeline: StoreTimeline, _ situation: RunSituation, faults: [FaultRecord],
        grace: Nanoseconds
    ) {
        let alive = timeline.nodes.indices.filter { situation.isAlive(timeline.nodes[$0]) }
        let calmTimes = CalmTimes(faults, end: situation.end)
        for key in timeline.keys {
            var lacking: (update: StoreTimeline.Update, nodes: [NodeID])?
            for update in key.updates {
                updateCount += 1
                var latest = update.time
                var missing: [NodeID] = []
                for node in alive {
                    if let time = key.covered(update.stamp, at: node) {
                        latest = max(latest, time)
                    } else {
                        missing.append(timeline.nodes[node])
                    }
                }
                guard missing.isEmpty else {
                    // Nobody living had it: it went down with its writer, which is no divergence.
                    guard missing.count < alive.count else { continue }
                    if max(update.time, situation.reunited) + grace > situation.end {
                        undecided += 1
                    } else {
                        lacking = (update, missing)
                    }
                    continue
                }
                all.append(latest - update.time)
                if calmTimes.contain(update.time, latest) { calm.append(latest - update.time) }
                if update.time <= situation.healed, latest > situation.reunited {
                    settledAt = max(settledAt ?? latest, latest)
                }
            }
            if let lacking {
                anomalies.append(divergence(key, lacking, alive, timeline, situation))
            }
        }
    }

    private func divergence(
        _ key: StoreTimeline.Key, _ lacking: (update: StoreTimeline.Update, nodes: [NodeID]),
        _ alive: [Int], _ timeline: StoreTimeline, _ situation: RunSituation
    ) -> Anomaly {
        let holders = alive.map { timeline.nodes[$0] }.filter { !lacking.nodes.contains($0) }
        let since = max(lacking.update.time, situation.reunited)
        // A deletion that was forgotten too early can reach nobody any more.
        let isForgotten = key.collected.contains(lacking.update.stamp)
        return Anomaly(
            kind: isForgotten ? .resurrectedDelete : .divergence,
            story: "key \(key.name): \(lacking.nodes.names) never came to hold "
                + "\(lacking.update.words), which \(holders.names) held; apart from \(since) to "
                + "the end at \(situation.end)",
            subject: .init(key: key.name, stamp: lacking.update.stamp))
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
