public import HistoryModel
internal import Vocabulary

/// After all faults are healed, the system has to answer again: reads, and writes.
///
/// Judged in the phase `recovery`, in which something is written and every key is read once more. A
/// real run that was cut short is not judged. A simulated one is never cut short: if it does not
/// end, that is the system's doing.
public struct RecoveryChecker: RunChecker {
    /// The name of this checker.
    public static let name = "recovery"
    /// The name of the phase after the faults.
    public static let phase = "recovery"
    /// The name of the trace event for a time in which the harness itself stood still.
    public static let stalled = "stalled"

    private let isLeftAlone: Bool
    private let observers: [Function]

    /// ``name``.
    public var name: String { Self.name }
    /// What it looks at.
    public let summary = "with all faults healed, the system answers again"

    /// Makes the checker.
    ///
    /// - Parameters:
    ///   - isLeftAlone: Whether the phase begins with time in which nobody asks: the first
    ///     answer is timed from the first question then.
    ///   - observers: The functions by which every key is looked at once more; none if what
    ///     clients were promised needs no last look.
    public init(isLeftAlone: Bool = false, observers: [Function] = [.read]) {
        self.isLeftAlone = isLeftAlone
        self.observers = observers
    }

    /// Judges a run; nil if it has no such phase, or is a real one that did not come to its planned
    /// end.
    public func check(_ record: RunRecord) -> CheckerResult? {
        guard let phase = record.phases.last(where: { $0.name == Self.phase }),
            let end = phase.end
        else { return record.finished || !record.isSimulated ? nil : .endless }
        guard record.finished || record.isSimulated else { return nil }
        let (asked, answers) = finalOperations(record.history, from: phase.start)
        if asked.isEmpty, record.finished { return nil }
        guard let first = answers.first else {
            return silence("no operation", record, from: phase.start, length: end - phase.start)
        }
        guard record.finished else { return .endless }
        let isWritten = answers.contains { !observers.contains($0.function) }
        if !isWritten, asked.contains(where: { !observers.contains($0.function) }) {
            return silence("no write", record, from: phase.start, length: end - phase.start)
        }
        let begin = isLeftAlone ? asked[0].time : phase.start
        return thoroughness(record, first: first.time - begin, answers)
    }

    /// Whether everything could be read.
    private func thoroughness(
        _ record: RunRecord, first: Nanoseconds, _ answers: [Event]
    ) -> CheckerResult {
        let answered = Set(answers.lazy.filter { observers.contains($0.function) }.map(\.key))
        var result = CheckerResult(
            checker: Self.name, verdict: .valid,
            measures: [
                .init("first answer after", "\(first / 1_000_000) ms"),
                .init("keys read at the end", "\(answered.count)"),
            ])
        let keyCount = observers.isEmpty ? 0 : Self.keyCount(record.history)
        if answered.count < keyCount {
            result.verdict = .unknown
            result.reasons.append(
                "\(keyCount - answered.count) of \(keyCount) keys could not be read before the "
                    + "recovery limit; whether their last writes survived is not known")
        }
        return result
    }

    /// No answer at all: the system's fault, unless the harness was not there to hear one.
    private func silence(
        _ what: String, _ record: RunRecord, from start: Instant, length: Nanoseconds
    ) -> CheckerResult {
        let stall = record.traces.first { $0.name == Self.stalled && $0.time >= start }
        if let stall {
            return CheckerResult(
                checker: Self.name, verdict: .unknown,
                reasons: [
                    "\(what) succeeded after the faults, but the harness itself stood still "
                        + (stall.detail ?? "")
                ])
        }
        guard !record.neverWorked else { return .neverWorked }
        return CheckerResult(
            checker: Self.name, verdict: .invalid, kind: "liveness",
            reasons: [
                "with all faults healed, \(what) succeeded in the "
                    + "\(Instant(nanoseconds: length)) from \(start) on"
            ])
    }

    private static func keyCount(_ history: History) -> Int {
        var keys: Set<Value?> = []
        var last: Value??
        // Most events are about the key of the one before.
        for event in history.events where event.key != last {
            keys.insert(event.key)
            last = event.key
        }
        return keys.count
    }

    /// What was asked for in the phase, and the good ends of operations begun in it.
    private func finalOperations(
        _ history: History, from start: Instant
    ) -> (asked: [Event], answers: [Event]) {
        var asked: [Event] = []
        var open: Set<ProcessID> = []
        var answers: [Event] = []
        for event in history.events where event.time >= start {
            if event.type == .invoke {
                asked.append(event)
                open.insert(event.process)
            } else if open.remove(event.process) != nil, event.type == .ok {
                answers.append(event)
            }
        }
        return (asked, answers)
    }
}

extension CheckerResult {
    /// A real run in which nothing ever worked, for reasons that may not be the system's.
    fileprivate static var neverWorked: CheckerResult {
        CheckerResult(
            checker: RecoveryChecker.name, verdict: .unknown,
            reasons: [
                "No operation ever succeeded, and no fault was seen to work: either the system never "
                    + "worked, or this machine does not let it (missing rights, no connections over "
                    + "loopback, too little time or memory). The nodes' logs and the command "
                    + "`doctor` tell which."
            ])
    }

    /// A simulated run that did not come to its end, though something was answered.
    fileprivate static var endless: CheckerResult {
        CheckerResult(
            checker: RecoveryChecker.name, verdict: .unknown,
            reasons: ["the simulated run did not come to its end in time"])
    }
}

extension RecoveryChecker {
    /// Judges a run; see ``check(_:)``.
    public func judge(_ run: RunRecord) -> CheckerResult? { check(run) }
}

extension Checker {
    static let recoveryChecker = Checker(
        everyRun: RecoveryChecker.name, summary: "with all faults healed, the system answers again",
        rank: 60
    ) { RecoveryChecker(isLeftAlone: $0.isLeftAlone, observers: $0.observers) }
}
