public import HistoryModel

/// All checkers over one run.
public enum RunChecks {
    /// What every checker concludes, the most important first; in one go, on one core.
    ///
    /// The budget is counted in steps, so the verdict does not depend on the machine.
    /// - Throws: ``HistoryError`` if the history is not one of sequential processes.
    public static func results(
        for record: RunRecord, promise: ConsistencyModel = .linearizability, initial: Value = .null,
        budget: Budget = .standard
    ) throws(HistoryError) -> [CheckerResult] {
        switch promise.guarantee {
        case .linearizability:
            let checker = LinearizabilityChecker(initial: initial, budget: budget)
            let judged = try checker.check(record.history)
            return try results(for: record, promise: promise, judged: judged)
        case .convergence(let convergence):
            let judged =
                [try convergence.checker.check(record) ?? .nothingWritten]
                + (try convergence.object.result(for: record).map { [$0] } ?? [])
            return judged + (try evidence(for: record, promise))
                + environment(of: record, RecoveryChecker(isLeftAlone: true))
        }
    }

    /// The same where the checker of the clients' view, the one that may take long, has run before.
    public static func results(
        for record: RunRecord, promise: ConsistencyModel = .linearizability, judged: CheckerResult
    ) throws(HistoryError) -> [CheckerResult] {
        var results = [judged] + (try evidence(for: record, promise))
        guard record.metadata != nil else { return results }
        if let invariants = RaftInvariantsChecker().check(record) { results.append(invariants) }
        return results + environment(of: record, RecoveryChecker())
    }

    /// Whether enough took place to say anything.
    private static func evidence(
        for record: RunRecord, _ promise: ConsistencyModel
    ) throws(HistoryError) -> [CheckerResult] {
        // What should have succeeded in a run from elsewhere is not for us to say.
        guard record.metadata != nil else {
            return [try StatsChecker(functionsNeeded: []).check(record.history)]
        }
        let completeness = CompletenessChecker(loadLength: promise.loadLength).check(record)
        let stats = try StatsChecker(
            functionsNeeded: promise.functionsNeeded, loadEnd: record.loadEnd
        ).check(record.history)
        return [completeness, stats].compactMap(\.self)
    }

    /// What is judged whatever the system promises.
    private static func environment(
        of record: RunRecord, _ recovery: RecoveryChecker
    ) -> [CheckerResult] {
        var results = [CrashChecker().check(record)]
        if let faults = FaultsChecker().check(record) { results.append(faults) }
        if let recovery = recovery.check(record) { results.append(recovery) }
        return results
    }
}
