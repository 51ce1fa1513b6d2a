import HistoryModel
import Vocabulary

/// Traces of Raft nodes, written as the nodes would: a log is given by the term of each entry.
struct RaftTraces {
    private(set) var events: [NodeTraceEvent] = []

    /// The hash of a log; entries of one index and term can differ by `variant`.
    static func hash(_ log: [Int], variant: UInt64 = 0) -> UInt64 {
        log.reduce(0) { hash, term in
            (hash ^ UInt64(term) ^ variant << 32) &* 0x9e37_79b9_7f4a_7c15 &+ 1
        }
    }

    mutating func add(
        _ node: Int, _ name: String, term: Int, log: [Int]? = nil, variant: UInt64 = 0,
        index: Int? = nil, count: Int? = nil, detail: String? = nil
    ) {
        events.append(
            NodeTraceEvent(
                time: Instant(nanoseconds: Int64(events.count + 1) * 1_000_000), node: NodeID(node),
                name: name, term: term, index: index ?? log?.count,
                hash: log.map { $0.isEmpty ? 0 : Self.hash($0, variant: variant) },
                entryTerm: log.map { $0.last ?? 0 }, count: count, detail: detail))
    }

    mutating func start(_ node: Int, term: Int = 0, log: [Int] = []) {
        add(node, "started", term: term, log: log)
    }

    /// A node is elected with a log, and adds entries of its term one by one.
    mutating func lead(_ node: Int, term: Int, log: [Int] = [], entries: Int = 1) {
        add(node, "leader", term: term, log: log)
        for count in 0..<entries {
            let longer = log + Array(repeating: term, count: count + 1)
            add(node, "appended", term: term, log: longer, count: 1)
        }
    }

    /// A follower takes the last `count` entries of a log from its leader.
    mutating func append(_ node: Int, term: Int, log: [Int], count: Int = 1) {
        add(node, "appended", term: term, log: log, count: count)
    }

    mutating func commit(_ node: Int, term: Int, log: [Int], variant: UInt64 = 0) {
        add(node, "committed", term: term, log: log, variant: variant)
    }
}
