internal import HistoryModel
internal import Vocabulary

/// How nodes changed their roles.
struct RoleHistory {
    /// From which roles a node comes to another, where Raft does not allow all.
    private static let origins: [String: Set<String>] = [
        "pre-candidate": ["follower", "pre-candidate", "candidate"],
        "candidate": ["pre-candidate"], "leader": ["candidate"],
    ]

    private(set) var transitions = 0
    /// What was seen that Raft does not know.
    private(set) var illegal: [String] = []

    init(_ traces: TraceList) {
        var roles: [NodeID: String] = [:]
        for event in traces {
            switch event.name {
            case "started", "stepped-down": roles[event.node] = "follower"
            case "follower", "pre-candidate", "candidate", "leader":
                let role = roles[event.node] ?? "follower"
                transitions += 1
                if let allowed = Self.origins[event.name], !allowed.contains(role) {
                    illegal.append("\(event.node) from \(role) to \(event.name)")
                }
                if role == "leader", event.name == "follower" {
                    illegal.append("\(event.node) follows without having stepped down")
                }
                roles[event.node] = event.name
            default: break
            }
        }
    }

    /// The first of what is illegal, for a text.
    var example: String { illegal.first.map { " (\($0))" } ?? "" }
}

/// How terms rose.
struct TermHistory {
    private(set) var elections = 0
    /// Candidates in another term than the one after their own.
    private(set) var jumps = 0
    /// How often a node's term fell.
    private(set) var falls = 0
    private(set) var largest = 0
    /// Terms up to the largest that nobody began.
    private(set) var missing = 0

    init(_ traces: TraceList) {
        var terms: [NodeID: Int] = [:]
        var begun: Set<Int> = []
        for event in traces {
            guard let term = event.term else { continue }
            let known = terms[event.node] ?? 0
            if term < known { falls += 1 }
            if event.name == "candidate" {
                elections += 1
                if term != known + 1 { jumps += 1 }
            }
            // A node that was killed after its term was durable tells of it at its start only.
            if event.name == "candidate" || event.name == "started" { begun.insert(term) }
            terms[event.node] = term
            largest = max(largest, term)
        }
        missing = largest == 0 ? 0 : (1...largest).count { !begun.contains($0) }
    }
}

/// How logs grew.
struct LogHistory {
    private(set) var appends = 0
    /// Appends without index, term or hash.
    private(set) var incomplete = 0
    /// Appends that do not begin where the log ended.
    private(set) var gaps = 0
    /// Appends of a smaller term than that of the entry before.
    private(set) var falls = 0

    init(_ traces: TraceList) {
        var ends: [NodeID: (index: Int, term: Int)] = [:]
        for event in traces {
            switch event.name {
            case "started": ends[event.node] = (event.index ?? 0, event.entryTerm ?? 0)
            case "truncated":
                // Which term the entry before has is not told; none is larger than what follows.
                if let index = event.index { ends[event.node] = (index - 1, 0) }
            case "appended":
                appends += 1
                guard let index = event.index, let term = event.entryTerm, let count = event.count,
                    event.hash != nil
                else {
                    incomplete += 1
                    continue
                }
                if let end = ends[event.node] {
                    if index - count != end.index { gaps += 1 }
                    if term < end.term { falls += 1 }
                }
                ends[event.node] = (index, term)
            default: break
            }
        }
    }
}
