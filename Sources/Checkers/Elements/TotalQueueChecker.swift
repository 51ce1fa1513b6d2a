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

    /// Makes the checker.
    public init() {}

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
        let accounts = operations.groupedByKey().map { QueueAccount(key: $0, $1) }
        let explanations = accounts.flatMap { account in
            QueueFlaw.Kind.allCases.flatMap { account.flaws(of: $0) }
        }
        let flaws = QueueFlaw.Kind.allCases.map { kind in explanations.filter { $0.kind == kind } }
        let entries = accounts.flatMap(\.entries)
        return CheckerResult(
            self, kind: flaws.first { !$0.isEmpty }?.first?.kind.violation,
            reasons: flaws.flatMap { $0.map(\.reason).shortened() },
            exercised: entries.count, doubts: accounts.compactMap(\.doubt),
            measures: [
                .init("values", "\(entries.count)"),
                .init("lost", "\(accounts.reduce(0) { $0 + $1.lostCount })"),
                .init("duplicated", "\(entries.count(where: \.isTakenTooOften))"),
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
