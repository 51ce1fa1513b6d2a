import HistoryModel

/// Why operations can't be put in order, in words.
struct Explanation {
    /// One sentence that says what went wrong.
    var summary: String
    /// The argument, step by step.
    var steps: [String]
    /// The orderings that the argument rests on.
    var precedences: [Counterexample.Precedence] = []
}
