internal import HistoryModel
internal import Vocabulary

/// A time for which a node led, as the nodes' traces tell it.
struct Leadership: Hashable {
    var node: NodeID
    var term: Int
    var start: Instant
    /// When it stepped down or was started again; the end of time if neither was seen.
    var end = Instant.distantFuture

    /// Whether it led at a time.
    func covers(_ time: Instant) -> Bool { start <= time && time < end }
}

/// Who led when.
struct Leaderships {
    /// All of them, each node's in their order.
    private(set) var all: [Leadership] = []

    init(_ traces: TraceList) {
        var open: [NodeID: Int] = [:]
        for event in traces {
            switch event.name {
            case "leader":
                open[event.node] = all.count
                all.append(
                    Leadership(node: event.node, term: event.term ?? 0, start: event.time))
            case "stepped-down", "started", "follower":
                if let place = open.removeValue(forKey: event.node) { all[place].end = event.time }
            default: break
            }
        }
    }

    /// The leadership of a node at a time, if it led.
    func leadership(of node: NodeID, at time: Instant) -> Leadership? {
        all.last { $0.node == node && $0.covers(time) }
    }

    /// The first leadership of a later term that began after a time.
    func next(after time: Instant, term: Int) -> Leadership? {
        all.filter { $0.start > time && $0.term > term }.min { $0.start < $1.start }
    }

    /// Terms with more than one leader.
    var disputedTerms: Int {
        Dictionary(grouping: all, by: \.term).values.count { Set($0.map(\.node)).count > 1 }
    }

    /// Faults that hit the leader of the moment, with its leadership.
    func hit(by faults: [FaultRecord]) -> [(fault: FaultRecord, leadership: Leadership)] {
        faults.compactMap { fault in
            fault.nodes.lazy.compactMap { leadership(of: $0, at: fault.start) }
                .max { $0.term < $1.term }.map { (fault, $0) }
        }
    }
}

extension FaultRecord {
    /// Until when nothing crossed the links that were cut.
    ///
    /// While links are healed one after the other, bytes cross before all of them are.
    var cutEnd: Instant { min(firstDelivery ?? .distantFuture, end ?? .distantFuture) }
}
