public import HistoryModel

/// Judges whether objects behaved as if every operation took effect at one moment between its
/// invocation and its completion.
///
/// Objects of different keys are independent. Goes by the order of the events alone; unknown
/// outcomes may take effect at any later time, or never.
///
/// Source: Herlihy & Wing, "Linearizability" (1990).
public struct LinearizabilityChecker: Sendable {
    /// The checker's name in results.
    public static let name = "linearizability"
    /// What the operations are operations of.
    public var model: ObjectModel
    /// What every object holds at first; nil for what is usual for the model.
    public var initial: Value?
    /// What the check of one key may spend.
    public var budget: Budget

    /// Judges objects of a model, by default registers that begin with null.
    public init(
        model: ObjectModel = .casRegister, initial: Value? = nil, budget: Budget = .standard
    ) {
        self.model = model
        self.initial = initial
        self.budget = budget
    }

    /// Takes a history apart by key, in the order of the keys.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    public func keyChecks(of history: History) throws(HistoryError) -> [KeyCheck] {
        keyChecks(of: try OperationList(history))
    }

    /// Takes operations apart by key, in the order of the keys.
    public func keyChecks(of operations: OperationList) -> [KeyCheck] {
        keyChecks(of: operations, method: nil)
    }

    func keyChecks(
        of operations: OperationList, method: KeyConclusion.Method?
    ) -> [KeyCheck] {
        var checks: [KeyCheck] = []
        let all = Array(operations.indices.lazy.map { Int32($0) })
        for (key, members) in Self.groups(all, of: operations, by: \.group) {
            let parts = model.split(members, operations)
            for (part, members) in parts ?? [(key, members)] {
                let name =
                    parts == nil
                    ? key == .null ? "the \(model.noun)" : "key \(key)"
                    : (key == .null ? "" : "key \(key), ") + "element \(part)"
                let keyCase = KeyCase(
                    key: part == .null ? nil : part, name: name, members: members,
                    operations: operations, initial: initial, budget: budget, method: method)
                checks.append(KeyCheck(keyCase, model: model))
            }
        }
        return checks
    }

    /// Groups operations, in the order of the values that they are grouped by.
    ///
    /// - Complexity: O(n + k log k) for k groups.
    static func groups(
        _ members: [Int32], of list: OperationList, by code: (PackedOperation) -> ValueCode
    ) -> [(key: Value, members: [Int32])] {
        var numbers = CodeNumbers(expecting: 16)
        var sizes: [Int] = []
        var groupOf: [Int32] = []
        groupOf.reserveCapacity(members.count)
        for (_, operation) in GatheredOperations(members, of: list) {
            let number = numbers.number(code(operation))
            groupOf.append(number)
            if Int(number) == sizes.count { sizes.append(0) }
            sizes[Int(number)] += 1
        }
        guard sizes.count > 1 else {
            return numbers.codes.map { (list.pool.value(of: $0), members) }
        }
        var groups = numbers.codes.enumerated().map { number, code in
            var members: [Int32] = []
            members.reserveCapacity(sizes[number])
            return (key: list.pool.value(of: code), members: members)
        }
        for (member, group) in zip(members, groupOf) { groups[Int(group)].members.append(member) }
        return groups.sorted { $0.key < $1.key }
    }

    /// Judges a history at once, key after key.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    public func check(_ history: History) throws(HistoryError) -> CheckerResult {
        check(try OperationList(history))
    }

    /// Judges operations at once, key after key.
    public func check(_ operations: OperationList) -> CheckerResult {
        var conclusions: [KeyConclusion] = []
        for var check in keyChecks(of: operations) {
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

extension PackedOperation {
    /// The key, where no key and the key null are the same.
    var group: ValueCode { key == .absent ? .null : key }
}
