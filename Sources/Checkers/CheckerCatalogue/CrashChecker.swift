public import HistoryModel
internal import Vocabulary

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
    /// The name of the trace event for a node that a signal ended which the harness had not sent, and by
    /// which people and machines ask programs to end; noted just before one of the others.
    ///
    /// Ctrl-C and `timeout` send such signals to a whole group of processes.
    public static let signalled = "signalled-from-outside"

    /// ``name``.
    public var name: String { Self.name }
    /// What it looks at.
    public let summary = "no node ended by itself or stayed away"

    /// Makes the checker.
    public init() {}

    /// Judges a run by what the harness saw of the nodes' processes.
    public func check(_ record: RunRecord) -> CheckerResult {
        var reasons: [String] = []
        var doubts: [String] = []
        var signalled: Set<NodeID> = []
        for event in record.traces {
            let what =
                switch event.name {
                case Self.crashed: "ended by itself"
                case Self.notRestarted: "did not come back"
                default: ""
                }
            if event.name == Self.signalled { signalled.insert(event.node) }
            guard !what.isEmpty else { continue }
            let detail = event.detail ?? "no log"
            if signalled.remove(event.node) == nil {
                reasons.append("\(event.node) \(what) at \(event.time): \(detail)")
            } else {
                doubts.append(
                    "\(event.node) was ended from outside at \(event.time), by a signal that the "
                        + "harness did not send: \(detail)")
            }
        }
        return CheckerResult(
            checker: Self.name,
            verdict: !reasons.isEmpty ? .invalid : doubts.isEmpty ? .valid : .unknown,
            kind: reasons.isEmpty ? nil : "crash", reasons: reasons + doubts,
            measures: [.init("unexpected ends", String(reasons.count + doubts.count))])
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
