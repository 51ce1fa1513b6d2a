public import Checkers
internal import Foundation
public import HistoryModel
internal import Vocabulary
public import Workloads

/// Runs all checkers over one run: keys side by side on all cores, within a budget.
public struct Judge: Sendable {
    private let budget: CheckBudget
    private let isBudgetChosen: Bool
    private let model: ObjectModel
    private let initial: Value?
    private let checker: (any HistoryChecker)?
    private let promise: ConsistencyModel
    private let clock = SuspendingClock()

    /// Judges objects of a model with this budget.
    ///
    /// One that was chosen for this very judgement holds for simulated runs as well, which else have
    /// their own, ``Budget/simulated``. Every object holds `initial` at first, or what is usual for the
    /// model. A checker of another promise takes the place of linearizability, and so does what the run's
    /// system promises instead.
    public init(
        budget: CheckBudget = CheckBudget(), isBudgetChosen: Bool = false,
        model: ObjectModel = .casRegister, initial: Value? = nil,
        checker: (any HistoryChecker)? = nil, promise: ConsistencyModel = .linearizability
    ) {
        self.promise = promise
        self.checker = checker
        self.budget = budget
        self.isBudgetChosen = isBudgetChosen
        self.model = model
        self.initial = initial
    }

    /// What every checker that applies concludes, the most important first.
    ///
    /// A simulated run is judged within ``Budget/simulated`` if no budget was chosen, so that its verdict
    /// is as repeatable as the run. When the time is over, or the task is cancelled, what is not decided is `unknown`.
    /// - Throws: `HistoryError` if the history is not one of sequential processes.
    public func judge(_ record: RunRecord) async throws -> [CheckerResult] {
        if case .convergence = promise.guarantee, checker == nil {
            return try await DedicatedThread.run {
                try RunChecks.results(for: record, promise: promise)
            }
        }
        if record.metadata?.world == RunMetadata.simulated, checker == nil, !isBudgetChosen {
            let checker = LinearizabilityChecker(
                model: model, initial: initial, budget: .simulated)
            return try await DedicatedThread.run {
                try RunChecks.results(
                    for: record, promise: promise, judged: checker.check(record.history))
            }
        }
        let judged =
            if let checker {
                try checker.check(record.history)
            } else {
                try await linearizability(record.history)
            }
        return try RunChecks.results(for: record, promise: promise, judged: judged)
    }

    private func linearizability(_ history: History) async throws -> CheckerResult {
        let workers = max(1, ProcessInfo.processInfo.activeProcessorCount)
        let checker = LinearizabilityChecker(
            model: model, initial: initial,
            budget: Budget(steps: .max, bytes: budget.bytesMax / workers))
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
