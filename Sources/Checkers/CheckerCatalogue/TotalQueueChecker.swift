public import HistoryModel

/// Adds up what went into a queue and what came out: nothing is lost, nothing comes from nowhere.
///
/// Says nothing about the order. Expects that the queue was drained in the end. Queues of different
/// keys are different queues.
public struct TotalQueueChecker: HistoryChecker {
    /// The name that the checker is chosen by.
    public let name = "total-queue"
    /// What it looks at.
    public let summary = "what was enqueued comes out, in any order (enqueue, dequeue, drain)"
    /// The operations that it looks at, and what their completions say.
    public let completions: CompletionRules = [
        "enqueue": .echo, "dequeue": .answer, "drain": .elements,
    ]

    private let isDrained: Bool

    /// Makes the checker.
    ///
    /// - Parameter isDrained: Whether the history ends with everything taken out. If not, a value is missed
    ///   only if somebody found the queue empty after it had been put in.
    public init(isDrained: Bool = true) { self.isDrained = isDrained }

    /// Whether it is an operation of a queue; nil stands for nothing there, so it can't be put in.
    public func knows(_ operation: Operation) -> Bool {
        switch operation.function {
        case "enqueue": operation.input != .null
        case "drain": operation.outcome != .ok || operation.output.isWhole
        default: operation.function == "dequeue"
        }
    }

    /// Judges a history of enqueues, dequeues and drains, which return a list.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(n log n).
    public func check(_ history: History) throws(HistoryError) -> CheckerResult {
        let operations = Array(try history.operations())
        if let strange = resultIfStrange(operations) { return strange }
        let accounts = operations.groupedByKey().map {
            QueueAccount(key: $0, $1, isDrained: isDrained)
        }
        let explanations = accounts.flatMap { account in
            QueueFlaw.Kind.allCases.flatMap { account.flaws(of: $0) }
        }
        let flaws = QueueFlaw.Kind.allCases.map { kind in explanations.filter { $0.kind == kind } }
        let entries = accounts.flatMap(\.entries)
        return CheckerResult(
            self, kind: flaws.first { !$0.isEmpty }?.first?.kind.violation,
            reasons: flaws.flatMap { $0.map(\.reason).shortened() },
            exercised: entries.count,
            // Under faults some dequeue always has an unknown outcome: what it may have taken is counted,
            // and is no reason to doubt the rest.
            doubts: isDrained ? accounts.compactMap(\.doubt) : [],
            measures: [
                .init("values", "\(entries.count)"),
                .init(
                    "lost", "\(accounts.reduce(0) { $0 + ($1.isLossCertain ? $1.lostCount : 0) })"),
                .init("duplicated", "\(entries.count(where: \.isTakenTooOften))"),
                .init(
                    "perhaps taken by an unknown dequeue",
                    "\(accounts.reduce(0) { $0 + ($1.isLossCertain ? 0 : $1.lostCount) })"),
                .init("unexpected", "\(entries.count(where: \.isFromNowhere))"),
                .init("recovered", "\(entries.reduce(0) { $0 + $1.recovered })"),
            ],
            counterexample: flaws.first { !$0.isEmpty }?.first?.counterexample(in: operations))
    }
}

extension QueueAccount {
    /// Why it can't be said whether anything is lost; nil if it can.
    fileprivate var doubt: String? {
        guard lostCount > 0, !isLossCertain else { return nil }
        let unknown = unknownDequeues.count
        let (values, them) = lostCount == 1 ? ("value", "it") : ("values", "them")
        let dequeues = unknown == 1 ? "a dequeue" : "the \(unknown) dequeues"
        return "\(key.asTopic)\(lostCount) \(values) never came out; "
            + "\(hasUnknownDrain ? "a drain" : dequeues) of unknown outcome can have taken \(them)."
    }
}

extension TotalQueueChecker {
    /// Judges a run; that its queues were drained is not taken for granted.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    public func judge(_ run: RunRecord) throws(HistoryError) -> CheckerResult? {
        try TotalQueueChecker(isDrained: false).check(run.history)
    }
}

extension Checker {
    static let totalQueueChecker = Checker(TotalQueueChecker())
}
