public import HistoryModel
import Vocabulary

/// Whether a counter that only converges holds the sum of what was added, once it was left alone.
///
/// An addition whose outcome is unknown may count or not; so the sum lies within bounds.
public struct CounterSumChecker: Sendable {
    /// The checker's name in results.
    public static let name = "counter-sum"

    /// Makes the checker.
    public init() {}

    /// Judges the reads in the phase after all faults against all additions.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    public func check(_ record: RunRecord) throws(HistoryError) -> CheckerResult {
        let operations = try record.history.operations()
        var low: Int64 = 0
        var high: Int64 = 0
        var added = 0
        var isTooMuch = false
        for operation in operations where operation.function == .add {
            guard case .integer(let number) = operation.input, operation.outcome != .fail else {
                continue
            }
            added += 1
            if operation.outcome == .ok || number < 0 { isTooMuch = low.add(number) || isTooMuch }
            if operation.outcome == .ok || number > 0 { isTooMuch = high.add(number) || isTooMuch }
        }
        let start = record.phases.last { $0.name == RecoveryChecker.phase }?.start
        let reads = operations.filter {
            $0.function == .read && $0.outcome == .ok && $0.callTime >= start ?? .zero
        }
        let wrong = reads.compactMap { read -> String? in
            if case .integer(let sum) = read.output, low <= sum, sum <= high { return nil }
            return "\(read.node?.description ?? "A node") answered \(read.output) at "
                + "\(read.callTime); what was added comes to "
                + (low == high ? "\(low)." : "\(low) to \(high).")
        }
        var result = CheckerResult(
            checker: Self.name, verdict: wrong.isEmpty ? .valid : .invalid,
            kind: wrong.isEmpty ? nil : "wrong-sum", reasons: wrong.shortened(),
            measures: [
                .init("additions", "\(added)"), .init("reads at the end", "\(reads.count)"),
                .init("sum", low == high ? "\(low)" : "\(low) to \(high)"),
            ])
        if reads.isEmpty || added == 0 {
            result.verdict = .unknown
            result.reasons.append("Nothing was added, or the counter was not read at the end.")
        }
        if isTooMuch {
            result.verdict = .unknown
            result.reasons = ["What was added comes to more than 63 bits can hold."]
        }
        return result
    }
}

extension Int64 {
    /// Adds a number, or as much of it as fits; returns whether it was too much.
    fileprivate mutating func add(_ number: Int64) -> Bool {
        let (sum, isTooMuch) = addingReportingOverflow(number)
        self = isTooMuch ? (number < 0 ? .min : .max) : sum
        return isTooMuch
    }
}
