public import HistoryModel

/// All checkers over one run.
public enum RunChecks {
    /// What every checker concludes, the most important first; in one go, on one core.
    ///
    /// The budget is counted in steps, so the verdict does not depend on the machine.
    /// - Throws: ``HistoryError`` if the history is not one of sequential processes.
    public static func results(
        for record: RunRecord, promise: RunPromise = .linearizability, initial: Value = .null,
        budget: Budget = .standard
    ) throws(HistoryError) -> [CheckerResult] {
        if case .convergence(let promise) = promise {
            return try results(for: record, convergence: promise)
        }
        let checker = LinearizabilityChecker(initial: initial, budget: budget)
        return try results(for: record, linearizability: checker.check(record.history))
    }

    /// The same where the checker of linearizability, the one that may take long, has run before.
    public static func results(
        for record: RunRecord, linearizability: CheckerResult
    ) throws(HistoryError) -> [CheckerResult] {
        // What should have succeeded in a run from elsewhere is not for us to say.
        let stats = record.metadata == nil ? StatsChecker(mustSucceed: []) : StatsChecker()
        var results = [linearizability, try stats.check(record.history)]
        guard record.metadata != nil else { return results }
        if let invariants = RaftInvariantsChecker().check(record) { results.append(invariants) }
        return results + environment(of: record, RecoveryChecker())
    }

    /// The same for a store that promises to agree in the end.
    public static func results(
        for record: RunRecord, convergence promise: ConvergencePromise
    ) throws(HistoryError) -> [CheckerResult] {
        let stats = StatsChecker(mustSucceed: [.read, .write, .add])
        return [try promise.checker.check(record) ?? .nothingWritten]
            + (try promise.object.result(for: record).map { [$0] } ?? [])
            + [try stats.check(record.history)]
            + environment(of: record, RecoveryChecker(isLeftAlone: true))
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
