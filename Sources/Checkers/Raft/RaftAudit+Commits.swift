import HistoryModel
import Vocabulary

// What was committed, against what leaders had and what others committed.

extension RaftAudit {
    /// A leader has everything that was committed in terms before its own.
    ///
    /// Whoever knew in term t that an entry is committed proves that it was in t or before,
    /// whenever the clocks say that was. The last entry stands for all before it.
    mutating func checkLeaderCompleteness() {
        let commits = furthest.sorted { $0.key < $1.key }.map(\.value)
        var next = 0
        var highest: Commit?
        for election in elections.sorted(by: { term(of: $0.event) < term(of: $1.event) }) {
            while next < commits.count, term(of: commits[next].event) < term(of: election.event) {
                if highest.map({ index(of: commits[next]) > index(of: $0) }) ?? true {
                    highest = commits[next]
                }
                next += 1
            }
            if let highest { require(highest, of: election) }
        }
    }

    private mutating func require(_ commit: Commit, of election: (event: Int, last: Int)) {
        let holds: Bool
        if index(of: commit) > tree.positions[election.last].index {
            holds = false
        } else if let held = tree.ancestor(of: election.last, at: index(of: commit)) {
            holds = held == commit.place
        } else {
            incomparable += 1
            return
        }
        compared += 1
        guard !holds else { return }
        let leader = action(election.event, "became leader of term \(term(of: election.event))")
        let committed =
            action(commit.event, "knew to be committed") + " in term \(term(of: commit.event))"
        report(
            .leaderCompleteness,
            "\(leader) with a log that ended at \(name(of: election.last)) and lacked "
                + "\(name(of: commit.place)), which \(committed)")
    }

    /// Everything that was committed by anyone lies on one log.
    mutating func checkStateMachineSafety() {
        let first = commits.sorted { (index(of: $0), $0.event) < (index(of: $1), $1.event) }
        // Those below that nothing yet was seen to lie above; one, unless traces are missing.
        var open: [Commit] = []
        for higher in first {
            var rest: [Commit] = []
            for lower in open where !isSettled(lower, below: higher) { rest.append(lower) }
            if !open.isEmpty, rest.count == open.count { incomparable += 1 }
            // Bounded, so that many gaps cost no more than few.
            open = rest.suffix(Self.openMax) + [higher]
        }
    }

    /// Compares two commits; false if the traces do not tell how they relate.
    private mutating func isSettled(_ lower: Commit, below higher: Commit) -> Bool {
        guard let place = tree.ancestor(of: higher.place, at: index(of: lower)) else {
            return false
        }
        compared += 1
        if place != lower.place {
            report(
                .stateMachineSafety,
                "\(action(lower.event, "committed \(name(of: lower.place))")), but "
                    + action(higher.event, "committed \(name(of: higher.place))")
                    + " on a log with another entry at or before index \(index(of: lower))")
        }
        return true
    }

    private static var openMax: Int { 16 }

    private func term(of event: Int) -> Int { traces[event].term ?? 0 }

    private func index(of commit: Commit) -> Int { tree.positions[commit.place].index }
}
