import HistoryModel
import Vocabulary

/// A stretch of time that a node spent in one role of one term.
struct RoleSpan: Equatable {
    var node: NodeID
    /// `leader`, `follower`, `candidate`, `pre-candidate`, `started`, `down` or `paused`.
    var role: String
    var term: Int?
    var start: Instant
    var end: Instant

    private static let roles: Set<String> = [
        "leader", "follower", "candidate", "pre-candidate", "learner", "started",
    ]

    /// Traces of entries, of which there are too many, and which change nobody's role.
    private static let unremarkable: Set<String> = ["appended", "committed"]

    /// The roles of every node, by node, then by time, as traces and faults tell them.
    ///
    /// A killed node writes nothing; what it was is ended by the fault that killed it.
    static func all(in record: RunRecord, until end: Instant) -> [RoleSpan] {
        var spans: [RoleSpan] = []
        var traced: [NodeID: [(time: Instant, role: String?, term: Int?)]] = [:]
        for trace in record.traces {
            let isRemarkable = !unremarkable.contains(trace.name)
            // A node that only traced entries was there as well.
            guard isRemarkable || traced[trace.node] == nil else { continue }
            traced[trace.node, default: []] +=
                isRemarkable
                ? [(trace.time, roles.contains(trace.name) ? trace.name : nil, trace.term)] : []
        }
        for (node, own) in traced.sorted(by: { $0.key < $1.key }) {
            var changes = own
            for fault in record.faults where fault.nodes.contains(node) {
                if fault.effects.contains(.endsProcesses) { changes.append((fault.start, "down", nil)) }
            }
            changes.sort { $0.time < $1.time }
            spans += joined(changes, node: node, until: end)
        }
        return spans
    }

    private static func joined(
        _ changes: [(time: Instant, role: String?, term: Int?)], node: NodeID, until end: Instant
    ) -> [RoleSpan] {
        var spans: [RoleSpan] = []
        for change in changes {
            guard var last = spans.last else {
                guard let role = change.role else { continue }
                spans.append(
                    RoleSpan(
                        node: node, role: role, term: change.term, start: change.time, end: end))
                continue
            }
            let role = change.role ?? last.role
            let term = role == "down" ? nil : change.term ?? last.term
            // What a node wrote just before it was killed may be stamped a little later.
            if last.role == "down", change.role != "started", change.role != "follower" { continue }
            if role == last.role, term == last.term { continue }
            last.end = change.time
            spans[spans.count - 1] = last
            if last.start == last.end { spans.removeLast() }
            spans.append(
                RoleSpan(node: node, role: role, term: term, start: change.time, end: end))
        }
        return spans
    }

    /// How often a node became leader, the first time left out; nil if the nodes know no terms.
    static func leaderChanges(in traces: TraceList) -> Int? {
        guard traces.contains(where: { $0.term != nil }) else { return nil }
        let elected = Set(
            traces.filter { $0.name == "leader" }.map { [$0.term ?? 0, $0.node.rawValue] })
        return max(0, elected.count - 1)
    }
}
