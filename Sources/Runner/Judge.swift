public import Checkers
internal import Foundation
public import HistoryModel
internal import Vocabulary
public import Workloads

/// Runs all checkers over one run: keys side by side on all cores, within a budget.
public struct Judge: Sendable {
    private let budget: CheckBudget
    private let isBudgetChosen: Bool
    private let plan: JudgingPlan
    private let clock = SuspendingClock()

    /// Judges by a plan, with this budget.
    ///
    /// One that was chosen for this very judgement holds for simulated runs as well, which else have
    /// their own, ``Budget/simulated``.
    public init(
        budget: CheckBudget = CheckBudget(), isBudgetChosen: Bool = false,
        plan: JudgingPlan = .registers
    ) {
        self.plan = plan
        self.budget = budget
        self.isBudgetChosen = isBudgetChosen
    }

    /// What every checker that applies concludes, the most important first.
    ///
    /// A simulated run is judged within ``Budget/simulated`` if no budget was chosen, so that its verdict
    /// is as repeatable as the run. When the time is over, or the task is cancelled, what is not decided is `unknown`.
    /// - Throws: `HistoryError` if the history is not one of sequential processes.
    public func judge(_ record: RunRecord) async throws -> [CheckerResult] {
        let plan = plan
        if record.metadata?.world == RunMetadata.simulated, !isBudgetChosen {
            return try await DedicatedThread.run {
                try plan.results(for: record, budget: .simulated)
            }
        }
        var results: [CheckerResult] = []
        for checker in plan.checkers {
            if let keyed = checker as? LinearizabilityChecker {
                results.append(try await linearizability(record.history, by: keyed))
            } else if let result = try await DedicatedThread.run({ try checker.judge(record) }) {
                results.append(result)
            }
        }
        return try results + plan.environment(of: record)
    }

    private func linearizability(
        _ history: History, by whole: LinearizabilityChecker
    ) async throws -> CheckerResult {
        let workers = max(1, ProcessInfo.processInfo.activeProcessorCount)
        let checker = whole.limited(
            to: Budget(steps: .max, bytes: budget.bytesMax / workers))
        let deadline = clock.now.advanced(by: .nanoseconds(budget.time))
        let operations = try OperationList(history)
        let checks = await LinearizabilityChecker.inOrder(
            withTaskGroup(of: [KeyCheck].self) { tasks in
                for worker in 0..<workers {
                    tasks.addTask { checker.keyChecks(of: operations, part: worker, of: workers) }
                }
                return await tasks.reduce(into: []) { $0.append($1) }
            })
        let conclusions = await withTaskGroup(of: (Int, KeyResult?).self) { tasks in
            var waiting = checks.enumerated().makeIterator()
            func addNext() {
                guard let (index, check) = waiting.next() else { return }
                tasks.addTask { (index, decide(check, until: deadline)) }
            }
            for _ in 0..<workers { addNext() }
            var concluded: [(Int, KeyResult)] = []
            for await (index, conclusion) in tasks {
                if let conclusion { concluded.append((index, conclusion)) }
                addNext()
            }
            return concluded
        }
        return checker.combine(conclusions.sorted { $0.0 < $1.0 }.map(\.1))
    }

    private func decide(
        _ check: KeyCheck, until deadline: SuspendingClock.Instant
    ) -> KeyResult? {
        var check = check
        while !check.advance(steps: 50_000) {
            if Task.isCancelled {
                check.giveUp(because: "the check was interrupted")
            } else if clock.now >= deadline {
                let seconds = budget.time / 1_000_000_000
                check.giveUp(because: "the checkers' time budget of \(seconds) s is used up")
            }
        }
        return check.conclusion
    }
}
