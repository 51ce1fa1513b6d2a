public import HistoryModel

/// Adds up what went into a queue and what came out: nothing is lost, nothing comes from nowhere.
///
/// Says nothing about the order. Expects that the queue was drained in the end.
public struct TotalQueueChecker: HistoryChecker {
    /// The name that the checker is chosen by.
    public let name = "total-queue"
    /// What it looks at.
    public let summary = "what was enqueued comes out, in any order (enqueue, dequeue, drain)"

    /// Makes the checker.
    public init() {}

    private struct Tally {
        var value: Value
        var tried = 0
        var acknowledged = 0
        var dequeued = 0
    }

    /// Judges a history of enqueues, dequeues and drains, which return a list.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(n).
    public func check(_ history: History) throws(HistoryError) -> CheckerResult {
        let operations = try history.operations()
        let tallies = tallies(of: operations)
        let unknown = operations.count {
            $0.outcome == .info && ($0.function == "dequeue" || $0.function == "drain")
        }
        let lost = tallies.filter { $0.dequeued < $0.acknowledged }
        let lostCount = lost.reduce(0) { $0 + $1.acknowledged - $1.dequeued }
        let unexpected = tallies.filter { $0.tried == 0 && $0.dequeued > 0 }
        let twice = tallies.filter { $0.tried > 0 && $0.dequeued > $0.tried }
        let recovered = tallies.reduce(0) {
            $0 + max(0, min($1.dequeued, $1.tried) - $1.acknowledged)
        }
        let losses = lost.map { "\($0.value) was enqueued and never came out." }.shortened()
        // Any one of the dequeues of unknown outcome can have taken one of them.
        let isCertain = lostCount > unknown
        let reasons =
            unexpected.map { "\($0.value) came out, but nobody ever enqueued it." }.shortened()
            + twice.map { "\($0.value) came out \($0.dequeued) times, enqueued \($0.tried)." }
            .shortened() + (isCertain ? losses : [])
        let doubts =
            isCertain || lost.isEmpty
            ? []
            : [
                "\(lostCount) values never came out; the \(unknown) dequeues of unknown outcome "
                    + "can have taken them."
            ]
        return CheckerResult(
            self, reasons: reasons, exercised: tallies.count, doubts: doubts,
            measures: [
                .init("values", "\(tallies.count)"), .init("lost", "\(lostCount)"),
                .init("duplicated", "\(twice.count)"),
                .init("unexpected", "\(unexpected.count)"), .init("recovered", "\(recovered)"),
            ])
    }

    /// What went in and came out, value by value in the order in which they came up.
    private func tallies(of operations: [Operation]) -> [Tally] {
        var places: [Value: Int] = [:]
        var tallies: [Tally] = []
        func count(_ value: Value, _ change: (inout Tally) -> Void) {
            let place = places[value] ?? tallies.count
            if place == tallies.count {
                places[value] = place
                tallies.append(Tally(value: value))
            }
            change(&tallies[place])
        }
        for operation in operations {
            switch (operation.function.rawValue, operation.outcome) {
            case ("enqueue", .ok):
                count(operation.input) {
                    $0.tried += 1
                    $0.acknowledged += 1
                }
            case ("enqueue", .info): count(operation.input) { $0.tried += 1 }
            case ("dequeue", .ok) where operation.output != .null:
                count(operation.output) { $0.dequeued += 1 }
            case ("drain", .ok):
                for value in operation.wholeOutput { count(value) { $0.dequeued += 1 } }
            default: break
            }
        }
        return tallies
    }
}
