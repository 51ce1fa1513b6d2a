import HistoryModel

/// What a monitor found, in words, with the operations that prove it.
struct MonitorFinding {
    /// Where those who take part stand in the list of operations that the key was taken from.
    var members: [Int32]
    /// Tells it, given the cast and a way to name an operation by its place in that list.
    var tell: (Participants, (Int32) -> Int) -> Explanation

    /// The operations that prove it.
    func operations(of subhistory: Subhistory) -> [Operation] {
        Set(members).sorted().map { subhistory.operations[Int($0)] }
    }

    /// The counterexample; its operations prove it on their own.
    func counterexample(of subhistory: Subhistory) -> Counterexample {
        let members = Set(members).sorted()
        let participants = Participants(operations(of: subhistory))
        let explanation = tell(participants) { member in members.firstIndex(of: member) ?? 0 }
        return Counterexample(
            key: subhistory.key?.description, summary: explanation.summary,
            steps: explanation.steps,
            participants: participants.all, precedences: explanation.precedences)
    }
}

extension DecisionFinding {
    /// A violation that could not be confirmed.
    static let contradicted = DecisionFinding.undecided(
        "a violation was found but could not be confirmed; this is a fault of the checker, please "
            + "report it with the history")
}
