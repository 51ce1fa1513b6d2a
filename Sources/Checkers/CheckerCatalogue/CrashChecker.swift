public import HistoryModel

/// A node that ends without having been told to makes the run invalid.
///
/// So does one that does not come back when it is started again.
public struct CrashChecker: RunChecker {
    /// The name of this checker.
    public static let name = "crash"
    /// The name of the trace event for a node that ended by itself; the detail has its last words.
    public static let crashed = "crashed"
    /// The name of the trace event for a node that was started again and did not get ready.
    public static let notRestarted = "not-restarted"

    /// ``name``.
    public var name: String { Self.name }
    /// What it looks at.
    public let summary = "no node ended by itself or stayed away"

    /// Makes the checker.
    public init() {}

    /// Judges a run by what the harness saw of the nodes' processes.
    public func check(_ record: RunRecord) -> CheckerResult {
        let reasons: [String] = record.traces.compactMap { event in
            switch event.name {
            case Self.crashed:
                "\(event.node) ended by itself at \(event.time): \(event.detail ?? "no log")"
            case Self.notRestarted:
                "\(event.node) did not come back at \(event.time): \(event.detail ?? "no log")"
            default: nil
            }
        }
        return CheckerResult(
            checker: Self.name, verdict: reasons.isEmpty ? .valid : .invalid,
            kind: reasons.isEmpty ? nil : "crash", reasons: reasons,
            measures: [.init("unexpected ends", String(reasons.count))])
    }
}

extension CrashChecker {
    /// Judges a run; see ``check(_:)``.
    public func judge(_ run: RunRecord) -> CheckerResult? { check(run) }
}

extension Checker {
    static let crashChecker = Checker(
        everyRun: CrashChecker.name, summary: "no node ended by itself or stayed away", rank: 40
    ) { _ in CrashChecker() }
}
