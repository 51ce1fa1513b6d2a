import HistoryModel
import Vocabulary

/// Reads the traces of all nodes once, each node's in its order; then compares their logs.
///
/// Events of different nodes may come in any order: what a node learns late is stamped late.
struct RaftAudit {
    /// A position that a node knew to be committed, and the event that says so.
    struct Commit {
        var event: Int
        var place: Int
    }

    /// What the traces have told of one node so far.
    private struct Node {
        var term = 0
        /// The event by which it leads.
        var leadership: Int?
        /// Where its log ends; nil if that is not known.
        var end: Int?
        /// The event of its latest vote.
        var vote: Int?
    }

    let traces: TraceList
    private(set) var violations: [RaftViolation] = []
    private(set) var elections: [(event: Int, last: Int)] = []
    /// What was known to be committed, each position by the event that told it first.
    private(set) var commits: [Commit] = []
    /// The furthest commit that was known in each term.
    private(set) var furthest: [Int: Commit] = [:]
    /// How many events tell of a commit: every node tells of every one.
    private(set) var commitCount = 0
    private var isCommitted: [Bool] = []
    private(set) var tree = LogTree()
    /// How many positions were compared, and how many could not be, since traces are missing.
    var compared = 0
    var incomparable = 0

    private var nodes: [NodeID: Int] = [:]
    private var states: [Node] = []
    private var leaders: [Int: Int] = [:]

    init(_ traces: TraceList) {
        self.traces = traces
        for event in traces.indices { read(event) }
    }

    private mutating func read(_ event: Int) {
        let trace = traces[event]
        guard let term = trace.term else { return }
        let number = nodes[trace.node] ?? states.count
        if number == states.count {
            nodes[trace.node] = number
            states.append(Node())
        }
        advance(number, to: term, at: event)
        switch trace.name {
        // First what nearly all events are: names are compared one after the other.
        case "committed":
            if let place = position(of: event) { committed(Commit(event: event, place: place)) }
        case "appended": appended(number, at: event)
        case "started":
            states[number].leadership = nil
            states[number].end = position(of: event)
        case "follower", "pre-candidate", "candidate", "stepped-down":
            states[number].leadership = nil
        case "leader": elected(number, in: term, at: event)
        case "voted": voted(number, at: event)
        case "truncated": truncated(number, at: event)
        default: break
        }
    }

    private mutating func committed(_ commit: Commit) {
        commitCount += 1
        while isCommitted.count < tree.positions.count { isCommitted.append(false) }
        if !isCommitted[commit.place] {
            isCommitted[commit.place] = true
            commits.append(commit)
        }
        let term = traces[commit.event].term ?? 0
        if let known = furthest[term],
            tree.positions[known.place].index >= tree.positions[commit.place].index
        {
            return
        }
        furthest[term] = commit
    }

    private mutating func advance(_ number: Int, to term: Int, at event: Int) {
        let known = states[number].term
        if term < known {
            report(
                .monotonicTerm,
                "\(action(event, "was in term \(term)")), after it had been in term \(known)")
        } else if term > known {
            states[number].term = term
            states[number].leadership = nil
        }
    }

    private mutating func elected(_ number: Int, in term: Int, at event: Int) {
        states[number].leadership = event
        states[number].end = position(of: event)
        if let last = states[number].end { elections.append((event, last)) }
        guard let other = leaders[term] else {
            leaders[term] = event
            return
        }
        guard traces[other].node != traces[event].node else { return }
        report(
            .electionSafety,
            "\(action(other, "became leader of term \(term)")), and \(action(event, "did so as well"))"
        )
    }

    private mutating func voted(_ number: Int, at event: Int) {
        defer { states[number].vote = event }
        guard let other = states[number].vote, traces[other].term == traces[event].term,
            traces[other].detail != traces[event].detail
        else { return }
        let term = traces[event].term ?? 0
        report(
            .oneVote,
            "\(action(other, "voted \(traces[other].detail ?? "") in term \(term)")), and "
                + "\(action(event, "voted \(traces[event].detail ?? "") in the same term"))")
    }

    private mutating func appended(_ number: Int, at event: Int) {
        let before = states[number].end
        let place = position(of: event)
        states[number].end = place
        guard let before, let place, let count = traces[event].count, count >= 0,
            tree.positions[before].index == tree.positions[place].index - count
        else { return }
        tree.link(place, after: before)
    }

    private mutating func truncated(_ number: Int, at event: Int) {
        guard let index = traces[event].index, index >= 1 else { return }
        if let leadership = states[number].leadership {
            report(
                .leaderAppendOnly,
                "\(action(event, "removed its entries from index \(index) on")), although it was the "
                    + "leader of term \(traces[leadership].term ?? 0) "
                    + "since \(traces[leadership].time)")
        }
        states[number].end = states[number].end.flatMap { tree.ancestor(of: $0, at: index - 1) }
    }

    /// The position that an event is about; another one of the same index and term is a violation.
    private mutating func position(of event: Int) -> Int? {
        let trace = traces[event]
        guard let index = trace.index, index >= 0, let hash = trace.hash else { return nil }
        let (place, rival) = tree.add(
            index: index, term: trace.entryTerm, hash: hash, witness: event)
        if let rival {
            let other = tree.positions[rival].witness
            report(
                .logMatching,
                "\(action(other, "had \(name(of: rival))")), but the log of "
                    + "\(action(event, "was another one up to the same index and term"))")
        }
        return place
    }

    // MARK: - Words

    mutating func report(_ invariant: RaftInvariant, _ explanation: String) {
        violations.append(RaftViolation(invariant: invariant, explanation: explanation))
    }

    /// What a node did and when: `n1 became leader of term 2 at 1.5 s`.
    func action(_ event: Int, _ text: String) -> String {
        "\(traces[event].node) \(text) at \(traces[event].time)"
    }

    /// A position as a person names it.
    func name(of place: Int) -> String {
        let position = tree.positions[place]
        return "index \(position.index)" + (position.term.map { " of term \($0)" } ?? "")
    }
}
