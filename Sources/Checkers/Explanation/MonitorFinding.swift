import HistoryModel

/// What a monitor found, in words, with the operations that prove it.
struct MonitorFinding {
    /// Where those who take part stand in the list of operations that the key was taken from.
    var members: [Int32]
    /// Tells it, given the cast and a way to name an operation by its place in that list.
    var tell: (Cast, (Int32) -> Int) -> Story

    /// The operations that prove it.
    func operations(of keyCase: KeyCase) -> [Operation] {
        Set(members).sorted().map { keyCase.operations[Int($0)] }
    }

    /// The counterexample; its operations prove it on their own.
    func counterexample(of keyCase: KeyCase) -> Counterexample {
        let members = Set(members).sorted()
        let cast = Cast(operations(of: keyCase))
        let story = tell(cast) { member in members.firstIndex(of: member) ?? 0 }
        return Counterexample(
            key: keyCase.key?.description, summary: story.summary, steps: story.steps,
            participants: cast.participants, precedences: story.precedences)
    }
}

extension KeyFinding {
    /// A violation that could not be confirmed.
    static let contradicted = KeyFinding.undecided(
        "a violation was found but could not be confirmed; this is a fault of the checker, please "
            + "report it with the history")
}
