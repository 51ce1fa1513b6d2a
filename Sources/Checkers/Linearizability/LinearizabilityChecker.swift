public import HistoryModel

/// Judges whether registers behaved as if every operation took effect at one moment between its
/// invocation and its completion.
///
/// Knows read, write and compare-and-set, on any number of independent keys. Goes by the order of
/// the events alone; unknown outcomes may take effect at any later time, or never.
///
/// Source: Herlihy & Wing, "Linearizability" (1990).
public struct LinearizabilityChecker: Sendable {
    /// The checker's name in results.
    public static let name = "linearizability"
    /// What every register holds before anything was written.
    public var initial: Value
    /// What the check of one key may spend.
    public var budget: Budget

    /// Judges registers that begin with `initial`.
    public init(initial: Value = .null, budget: Budget = .standard) {
        self.initial = initial
        self.budget = budget
    }

    /// Takes a history apart by key, in the order of the keys.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    public func keyChecks(of history: History) throws(HistoryError) -> [KeyCheck] {
        keyChecks(of: try history.operations())
    }

    func keyChecks(of operations: [Operation], method: KeyConclusion.Method? = nil) -> [KeyCheck] {
        var numbers: [Value?: Int] = [:]
        var keys: [(key: Value?, members: [Int32])] = []
        for (index, operation) in operations.enumerated() {
            let number = numbers[operation.key] ?? keys.count
            if number == keys.count {
                numbers[operation.key] = number
                keys.append((operation.key, []))
            }
            keys[number].members.append(Int32(index))
        }
        keys.sort { ($0.key ?? .null) < ($1.key ?? .null) }
        return keys.map {
            KeyCheck(
                key: $0.key, members: $0.members, of: operations, initial: initial,
                budget: budget, method: method)
        }
    }

    /// Judges a history at once, key after key.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    public func check(_ history: History) throws(HistoryError) -> CheckerResult {
        var conclusions: [KeyConclusion] = []
        for var check in try keyChecks(of: history) {
            while !check.advance(steps: .max) {}
            if let conclusion = check.conclusion { conclusions.append(conclusion) }
        }
        return combine(conclusions)
    }

    /// Combines what was concluded about the keys: the worst decides.
    ///
    /// An empty history is valid; that nothing was exercised is for ``StatsChecker`` to say.
    public func combine(_ conclusions: [KeyConclusion]) -> CheckerResult {
        func keys(_ method: KeyConclusion.Method) -> Int {
            conclusions.count { $0.method == method }
        }
        let verdict = Verdict.worst(conclusions.map(\.verdict))
        let decisive = conclusions.filter { $0.verdict != .valid }
        let undecided = decisive.count { $0.verdict == .unknown }
        func size(_ violation: KeyConclusion) -> Int {
            violation.counterexample?.participants.count ?? .max
        }
        let shown = decisive.filter { $0.verdict == .invalid }.min { size($0) < size($1) }
        return CheckerResult(
            checker: Self.name, verdict: verdict, kind: shown?.kind,
            reasons: decisive.sorted { $0.verdict == .invalid && $1.verdict != .invalid }
                .compactMap(\.reason),
            counterexample: shown?.counterexample,
            measures: [
                .init("operations", "\(conclusions.reduce(0) { $0 + $1.judged })"),
                .init("keys", "\(conclusions.count)"),
                .init("keys decided by monitor", "\(keys(.monitor))"),
                .init("keys decided by search", "\(keys(.search))"),
                .init("keys undecided", "\(undecided)"),
                .init("largest concurrency", "\(conclusions.map(\.concurrency).max() ?? 0)"),
                .init("search steps", "\(conclusions.reduce(0) { $0 + $1.steps })"),
            ])
    }
}
