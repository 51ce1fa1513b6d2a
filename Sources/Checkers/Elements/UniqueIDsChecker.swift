public import HistoryModel

/// Looks for a value that was handed out twice.
public struct UniqueIDsChecker: HistoryChecker {
    /// The name that the checker is chosen by.
    public let name = "unique-ids"
    /// What it looks at.
    public let summary = "no value is returned twice (generate, or any other one function)"
    /// The operations that it looks at, and what their completions say.
    public let completions: CompletionRules = ["generate": .answer]
    /// Any one function can hand out identifiers.
    public let takesAnyFunction = true

    /// Makes the checker.
    public init() {}

    /// What is known to be read, or to be returned as it was given, is no identifier.
    private static let returningOldValues: Set<Function> = [
        .read, .get, "contains", .write, .put, .cas, .append, .add, .delete,
    ]

    private struct Identifier: Hashable {
        var key: Value
        var value: Value
    }

    /// Whether the operation can have handed out an identifier.
    public func knows(_ operation: Operation) -> Bool {
        !Self.returningOldValues.contains(operation.function)
    }

    /// Judges a history of operations that each return a value; identifiers of different keys are
    /// different.
    ///
    /// Beside other functions, only a duplicate of ``completions``' own one is certain; without one
    /// the result is unknown.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(n).
    public func check(_ history: History) throws(HistoryError) -> CheckerResult {
        let operations = Array(try history.operations())
        let doubt = resultIfStrange(operations) ?? resultIfMixed(operations)
        guard let doubt else { return result(operations) }
        // No other operation excuses an identifier that `generate` handed out twice.
        let generated = result(operations.filter { functions.contains($0.function) })
        return generated.verdict == .invalid ? generated : doubt
    }

    /// Judges operations that all hand out identifiers of one kind.
    private func result(_ operations: [Operation]) -> CheckerResult {
        var owners: [Identifier: Operation] = [:]
        var reasons: [String] = []
        var first: (Operation, Operation)?
        for operation in operations where operation.outcome == .ok && operation.output != .null {
            let identifier = Identifier(key: operation.key ?? .null, value: operation.output)
            guard let owner = owners[identifier] else {
                owners[identifier] = operation
                continue
            }
            first = first ?? (owner, operation)
            reasons.append(
                "\(identifier.key.asTopic)\(operation.output) was handed out twice: to process "
                    + "\(owner.process.rawValue) (event \(owner.return ?? 0)) and to process "
                    + "\(operation.process.rawValue) (event \(operation.return ?? 0)).")
        }
        return CheckerResult(
            self, kind: "duplicate", reasons: reasons.shortened(), exercised: owners.count,
            measures: [
                .init("values", "\(owners.count)"), .init("duplicated", "\(reasons.count)"),
            ], counterexample: first.map { counterexample($0, $1) })
    }

    /// Several functions may hand out identifiers of several kinds, or none: that is not known.
    private func resultIfMixed(_ operations: [Operation]) -> CheckerResult? {
        let functions = Set(operations.filter { $0.outcome == .ok }.map(\.function.rawValue))
        guard functions.count > 1 else { return nil }
        return CheckerResult(
            checker: name, verdict: .unknown,
            reasons: [
                "Undecided: it is not known which of the functions "
                    + "\(Witnesses.list(functions.sorted())) hand out identifiers, and whether those "
                    + "of one must differ from those of another; judge a history of one function."
            ])
    }

    private func counterexample(_ one: Operation, _ other: Operation) -> Counterexample {
        Counterexample(of: [one, other], key: one.key) { participants, place in
            let (a, b) = (place(one), place(other))
            return Explanation(
                summary: "\(participants.list([a, b].sorted())) both returned \(one.output).",
                steps: [a, b].map {
                    "\(participants.name($0)) returned at event \(participants.return($0)) to process "
                        + "\(participants.originals[$0].process.rawValue)."
                })
        }
    }
}
