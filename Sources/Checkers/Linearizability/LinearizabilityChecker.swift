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
    ///
    /// Several cores can do that side by side, each with its own share of the keys; ``inOrder(_:)``
    /// brings their checks together.
    /// - Parameters:
    ///   - operations: Operations on any keys.
    ///   - part: Which share of the keys, from 0.
    ///   - parts: How many shares there are.
    /// - Returns: A check for each key.
    /// - Complexity: O(n), whatever the share.
    public func keyChecks(
        of operations: OperationList, part: Int = 0, of parts: Int = 1
    ) -> [KeyCheck] {
        keyChecks(of: operations, method: nil, share: KeyShare(part: part, parts: parts))
    }

    /// The checks of all shares of the keys, in the order of the keys.
    public static func inOrder(_ shares: [[KeyCheck]]) -> [KeyCheck] {
        let checks = shares.flatMap(\.self)
        guard shares.count > 1 else { return checks }
        // The parts of one key are in one share, and in their order there.
        return checks.indices.sorted {
            checks[$0].group == checks[$1].group ? $0 < $1 : checks[$0].group < checks[$1].group
        }.map { checks[$0] }
    }

    func keyChecks(
        of operations: OperationList, method: KeyResult.Method?, share: KeyShare = .whole
    ) -> [KeyCheck] {
        var checks: [KeyCheck] = []
        let count = operations.count / share.parts
        let groups: [(key: Value, members: [Int32])]
        if method != .search, let left = sweep(operations, share, into: &checks) {
            groups =
                left.isEmpty
                ? [] : Self.groups(of: operations, by: \.group, where: left.contains)
        } else {
            groups = Self.groups(
                of: operations, by: \.group, expecting: count + count / 8, where: share.takes)
        }
        let isSwept = !checks.isEmpty
        for (key, members) in groups {
            let parts = model.split(members, operations)
            for (part, members) in parts ?? [(key, members)] {
                let name =
                    parts == nil
                    ? key == .null ? "the \(model.noun)" : "key \(key)"
                    : (key == .null ? "" : "key \(key), ") + "element \(part)"
                let subhistory = Subhistory(
                    key: part == .null ? nil : part, name: name, members: members,
                    operations: operations, initial: initial, budget: budget, method: method)
                checks.append(KeyCheck(subhistory, of: key, isElement: parts != nil, model: model))
            }
        }
        return isSwept ? checks.sorted { $0.group < $1.group } : checks
    }

    /// Adds the checks of the keys that one sweep over all operations decides, done as they are.
    ///
    /// - Returns: The keys that it does not decide; nil if this is no case for a sweep.
    private func sweep(
        _ operations: OperationList, _ share: KeyShare, into checks: inout [KeyCheck]
    ) -> Set<ValueCode>? {
        guard case .register(let reading) = model.streamed,
            let replays = RegisterSweep.replays(
                of: operations, reading, initial: initial ?? reading.initial, share: share)
        else { return nil }
        for (key, replay) in replays where replay.end == nil {
            checks.append(KeyCheck(replay, of: operations.pool.value(of: key)))
        }
        return Set(replays.filter { $0.replay.end != nil }.map(\.key))
    }

    /// Judges a history at once, key after key.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    public func check(_ history: History) throws(HistoryError) -> CheckerResult {
        check(try OperationList(history))
    }

    /// Judges operations at once, key after key.
    public func check(_ operations: OperationList) -> CheckerResult {
        var conclusions: [KeyResult] = []
        for var check in keyChecks(of: operations) {
            while !check.advance(steps: .max) {}
            if let conclusion = check.conclusion { conclusions.append(conclusion) }
        }
        return combine(conclusions)
    }

    /// Combines what was concluded about the keys: the worst decides.
    ///
    /// An empty history is valid; that nothing was exercised is for ``StatsChecker`` to say.
    public func combine(_ conclusions: [KeyResult]) -> CheckerResult {
        func keys(_ method: KeyResult.Method) -> Int {
            conclusions.count { $0.method == method }
        }
        let verdict = Verdict.worst(conclusions.map(\.verdict))
        let decisive = conclusions.filter { $0.verdict != .valid }
        let undecided = decisive.count { $0.verdict == .unknown }
        func size(_ violation: KeyResult) -> Int {
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
