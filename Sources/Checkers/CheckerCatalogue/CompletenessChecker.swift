public import HistoryModel
public import Vocabulary

/// Judges whether a run came to its planned end and was recorded without gaps: what did not take place, or
/// was not noted, proves nothing.
///
/// A run that was interrupted or killed has not seen all planned faults, and no last reads, by which lost
/// writes are found. Other checkers may still find what is certain in it.
public struct CompletenessChecker: RunChecker {
    /// The name of this checker.
    public static let name = RunRecord.completenessChecker
    /// How long the load was to last; nil if that is not known.
    public var loadLength: Nanoseconds?

    /// ``name``.
    public var name: String { Self.name }
    /// What it looks at.
    public let summary = "the run came to its planned end"

    /// Makes the checker.
    public init(loadLength: Nanoseconds? = nil) { self.loadLength = loadLength }

    /// Judges a run; nil if nothing is missing.
    public func check(_ record: RunRecord) -> CheckerResult? {
        var reasons: [String] = []
        if let shortfall = Self.shortfall(of: record, loadLength: loadLength) {
            reasons.append("Cut short: \(shortfall).")
            reasons.append("Only what is certain in such a record is judged; run it to its end.")
        }
        let gaps = record.gapsInTraces
        if !gaps.isEmpty {
            reasons.append(
                "Traces have gaps: \(gaps.joined(separator: ", ")); what they lack proves nothing.")
        }
        guard !reasons.isEmpty else { return nil }
        return CheckerResult(checker: Self.name, verdict: .unknown, reasons: reasons)
    }

    /// What a run that was cut short lacks, such as `1 of 8 faults, no last reads`; nil if it was not.
    public static func shortfall(
        of record: RunRecord, loadLength: Nanoseconds? = nil
    ) -> String? {
        guard record.isCutShort else { return nil }
        let planned = record.metadata?.faultsPlanned ?? 0
        let over = record.faults.count { $0.end != nil }
        var parts = planned > 0 ? ["\(over) of \(planned) faults"] : []
        parts.append(
            hasLastReads(record, loadLength) ? "last reads that did not end" : "no last reads")
        return parts.joined(separator: ", ")
    }

    /// Whether something was read after the load.
    private static func hasLastReads(_ record: RunRecord, _ loadLength: Nanoseconds?) -> Bool {
        let load = record.phases.first { $0.name == RunPhase.load }
        guard let load, let loadLength else { return false }
        let end = load.start + loadLength
        return record.history.events.last { $0.type == .invoke && $0.function == .read }
            .map { $0.time >= end } ?? false
    }
}

extension CompletenessChecker {
    /// Judges a run; see ``check(_:)``.
    public func judge(_ run: RunRecord) -> CheckerResult? { check(run) }
}

extension Checker {
    static let completenessChecker = Checker(
        everyRun: CompletenessChecker.name, summary: "the run came to its planned end", rank: 10
    ) { CompletenessChecker(loadLength: $0.loadLength) }
}
