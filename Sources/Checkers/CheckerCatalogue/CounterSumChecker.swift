public import HistoryModel
import Vocabulary

/// Whether a counter that only converges answers sums that its changes can come to, and the sum of all of
/// them once it was left alone.
///
/// Before that, a read may miss changes, also acknowledged ones that its own client made; but it must be
/// the sum of some of the changes that were asked for before it ended. In the last reads every acknowledged
/// change must be there; one whose outcome is unknown may count or not.
public struct CounterSumChecker: RunChecker {
    /// The checker's name in results.
    public static let name = "counter-sum"
    /// ``name``.
    public var name: String { Self.name }
    /// What it looks at.
    public let summary = "a counter holds the sum of what was added"

    /// Makes the checker.
    public init() {}

    /// Judges all reads against the changes before them, and those in the phase after all faults, if the
    /// run came to its end, against all changes.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(n log n) for n operations, once the sums of the first few have no holes.
    public func check(_ record: RunRecord) throws(HistoryError) -> CheckerResult {
        let operations = try record.history.operations()
        let changes = operations.filter { $0.function == .add && $0.outcome != .fail }
        let reads = operations.filter { $0.function == .read && $0.outcome == .ok }
        let recovery = record.phases.last { $0.name == RecoveryChecker.phase }?.start
        let last =
            record.isCutShort ? [] : reads.filter { $0.callTime >= recovery ?? .zero }
        let end = EndSum(changes)
        let early = impossible(reads, changes)
        let wrong = last.filter { !end.canBe($0.output) }
        let reasons =
            wrong.map { "\($0.answer); what was added comes to \(end.words)." }
            + early.map {
                "\($0.answer), which is not the sum of any of the changes that were asked for before."
            }
        var result = CheckerResult(
            checker: Self.name, verdict: reasons.isEmpty ? .valid : .invalid,
            kind: reasons.isEmpty ? nil : "wrong-sum", reasons: reasons.shortened(),
            measures: [
                .init("additions", "\(changes.count)"), .init("reads", "\(reads.count)"),
                .init("reads at the end", "\(last.count)"), .init("sum", end.words),
            ])
        let unfit = changes.filter { $0.input.number == nil }
        if let first = unfit.first {
            result.verdict = .unknown
            result.reasons = [
                "\(first.input), added at \(first.callTime), is no integer of 64 bits: what the "
                    + "counter should hold is not known."
            ]
        } else if end.isTooLarge {
            result.verdict = .unknown
            result.reasons = ["What was added comes to more than 63 bits can hold."]
        } else if reasons.isEmpty, last.isEmpty || changes.isEmpty {
            result.verdict = .unknown
            result.reasons.append(
                Self.doubt(record, hasChanges: !changes.isEmpty, hasReads: !reads.isEmpty))
        }
        return result
    }

    /// Why right sums prove nothing, where that is so.
    private static func doubt(_ record: RunRecord, hasChanges: Bool, hasReads: Bool) -> String {
        if !hasChanges { return "Nothing was added." }
        if record.isCutShort {
            return "The run was cut short, so what the counter would have come to is not known."
        }
        return hasReads
            ? "The counter was not read at the end." : "The counter was never read."
    }

    /// The reads that no choice of the changes invoked before their return comes to.
    private func impossible(_ reads: [Operation], _ changes: [Operation]) -> [Operation] {
        var sums = SubsetSums()
        var waiting = changes[...]
        var found: [Operation] = []
        for read in reads.sorted(by: { $0.return ?? .max < $1.return ?? .max }) {
            while let change = waiting.first, change.call < read.return ?? .max {
                change.input.number.map { sums.add($0) }
                waiting.removeFirst()
            }
            if read.output.number.map(sums.canBe) != true { found.append(read) }
        }
        return found
    }

    /// What the counter can hold once it was left alone.
    private struct EndSum {
        /// The sum of what was acknowledged.
        private var certain: Int64 = 0
        /// What was added with unknown outcome.
        private var uncertain = SubsetSums()
        private(set) var isTooLarge = false

        init(_ changes: [Operation]) {
            for change in changes {
                guard let number = change.input.number else { continue }
                if change.outcome == .ok {
                    let (sum, overflow) = certain.addingReportingOverflow(number)
                    certain = sum
                    isTooLarge = isTooLarge || overflow
                } else {
                    uncertain.add(number)
                }
            }
            let ends = [uncertain.bounds.lowerBound, uncertain.bounds.upperBound]
            isTooLarge =
                isTooLarge || uncertain.isTooLarge
                || ends.contains { certain.addingReportingOverflow($0).overflow }
        }

        func canBe(_ value: Value) -> Bool {
            guard let sum = value.number else { return false }
            let (rest, overflow) = sum.subtractingReportingOverflow(certain)
            return !overflow && uncertain.canBe(rest)
        }

        var words: String {
            let low = certain.addingReportingOverflow(uncertain.bounds.lowerBound).partialValue
            let high = certain.addingReportingOverflow(uncertain.bounds.upperBound).partialValue
            return low == high ? "\(low)" : "\(low) to \(high)"
        }
    }
}

extension Value {
    fileprivate var number: Int64? {
        if case .integer(let number) = self { number } else { nil }
    }
}

extension Operation {
    fileprivate var answer: String {
        "\(node?.description ?? "A node") answered \(output) at \(callTime)"
    }
}

extension CounterSumChecker {
    /// Judges a run; nil if a node lost its store, and with it perhaps what only that node had.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    public func judge(_ run: RunRecord) throws(HistoryError) -> CheckerResult? {
        run.faults.contains(where: \.takesStores) ? nil : try check(run)
    }
}

extension Checker {
    static let counterSumChecker = Checker(CounterSumChecker())
}
