public import HistoryModel

/// Looks for a value that was handed out twice.
public struct UniqueIDsChecker: HistoryChecker {
    /// The name that the checker is chosen by.
    public let name = "unique-ids"
    /// What it looks at.
    public let summary = "no value is returned twice (generate, or any other function)"

    /// Makes the checker.
    public init() {}

    /// Judges a history of operations that each return a value.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(n).
    public func check(_ history: History) throws(HistoryError) -> CheckerResult {
        var owners: [Value: Operation] = [:]
        var reasons: [String] = []
        for operation in try history.operations()
        where operation.outcome == .ok && operation.output != .null {
            guard let owner = owners[operation.output] else {
                owners[operation.output] = operation
                continue
            }
            reasons.append(
                "\(operation.output) was handed out twice: to process \(owner.process.rawValue) "
                    + "(event \(owner.return ?? 0)) and to process \(operation.process.rawValue) "
                    + "(event \(operation.return ?? 0)).")
        }
        return CheckerResult(
            self, reasons: reasons.shortened(), exercised: owners.count,
            measures: [
                .init("values", "\(owners.count)"), .init("duplicated", "\(reasons.count)"),
            ])
    }
}
