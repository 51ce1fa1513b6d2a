public import HistoryModel

/// Looks for a value that was handed out twice.
public struct UniqueIDsChecker: HistoryChecker {
    /// The name that the checker is chosen by.
    public let name = "unique-ids"
    /// What it looks at.
    public let summary = "no value is returned twice (generate, or any other function)"
    /// The operations that it looks at, and what their completions say.
    public let completions: CompletionRules = ["generate": .answer]

    /// Makes the checker.
    public init() {}

    /// Judges a history of operations that each return a value.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(n).
    public func check(_ history: History) throws(HistoryError) -> CheckerResult {
        var owners: [Value: Operation] = [:]
        var reasons: [String] = []
        var first: (Operation, Operation)?
        for operation in try history.operations()
        where operation.outcome == .ok && operation.output != .null {
            guard let owner = owners[operation.output] else {
                owners[operation.output] = operation
                continue
            }
            first = first ?? (owner, operation)
            reasons.append(
                "\(operation.output) was handed out twice: to process \(owner.process.rawValue) "
                    + "(event \(owner.return ?? 0)) and to process \(operation.process.rawValue) "
                    + "(event \(operation.return ?? 0)).")
        }
        return CheckerResult(
            self, kind: "duplicate", reasons: reasons.shortened(), exercised: owners.count,
            measures: [
                .init("values", "\(owners.count)"), .init("duplicated", "\(reasons.count)"),
            ], counterexample: first.map { counterexample($0, $1) })
    }

    private func counterexample(_ one: Operation, _ other: Operation) -> Counterexample {
        Counterexample(of: [one, other], key: one.key) { cast, place in
            let (a, b) = (place(one), place(other))
            return Story(
                summary: "\(cast.list([a, b].sorted())) both returned \(one.output).",
                steps: [a, b].map {
                    "\(cast.name($0)) returned at event \(cast.return($0)) to process "
                        + "\(cast.originals[$0].process.rawValue)."
                })
        }
    }
}
