import RaftCore
import Vocabulary

/// Watches a whole cluster for broken promises.
struct SafetyMonitor {
    private(set) var violations: [String] = []
    private(set) var commitCount = 0
    private(set) var elections = 0
    private var leaders: [Term: NodeID] = [:]
    /// The hash of every committed position, by its index.
    private var committed: [LogIndex: UInt64] = [:]
    private var lastCommitted = LogIndex.zero
    private var votes: [NodeID: [Term: NodeID]] = [:]
    private var terms: [NodeID: Term] = [:]

    mutating func note(_ event: RaftTraceEvent, of node: RaftCore, committedBefore: LogIndex) {
        if event.term < terms[node.id, default: .zero] {
            report("monotonic term: \(node.id) fell to \(event.term)")
        }
        terms[node.id] = event.term
        switch event {
        case .leader(let term, _): elected(node, in: term)
        case .voted(let term, let candidate):
            if let earlier = votes[node.id]?[term], earlier != candidate {
                report("one vote per term: \(node.id) in \(term)")
            }
            votes[node.id, default: [:]][term] = candidate
        case .committed(_, let position):
            committed(by: node, after: committedBefore, through: position.index)
        default: break
        }
    }

    private mutating func elected(_ node: RaftCore, in term: Term) {
        elections += 1
        if let other = leaders[term] { report("election safety: \(other) and \(node.id)") }
        leaders[term] = node.id
        if lastCommitted > .zero,
            node.log.position(at: lastCommitted)?.hash != committed[lastCommitted]
        {
            report("leader completeness: \(node.id) in \(term) lacks \(lastCommitted)")
        }
    }

    private mutating func committed(
        by node: RaftCore, after start: LogIndex, through end: LogIndex
    ) {
        var index = start.next
        while index <= end {
            let hash = node.log.position(at: index)?.hash
            if let known = committed[index], known != hash {
                report("state machine safety: \(node.id) at \(index)")
            } else if committed[index] == nil {
                committed[index] = hash
                commitCount += 1
            }
            index = index.next
        }
        lastCommitted = max(lastCommitted, end)
    }

    /// Equal (index, term) must mean equal logs up to there.
    mutating func checkLogMatching(_ nodes: [RaftCore]) {
        for (place, left) in nodes.enumerated() {
            for right in nodes[(place + 1)...] {
                var index = LogIndex(1)
                while let a = left.log.position(at: index), let b = right.log.position(at: index) {
                    if a.term == b.term, a.hash != b.hash {
                        report("log matching: \(left.id) and \(right.id) at \(index)")
                        break
                    }
                    index = index.next
                }
            }
        }
    }

    mutating func report(_ violation: String) { violations.append(violation) }
}
