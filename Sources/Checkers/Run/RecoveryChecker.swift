public import HistoryModel
internal import Vocabulary

/// After all faults are healed, the system has to answer again.
///
/// Judged in the phase `recovery`, in which every key is read once more; a run that was cut short
/// is not judged.
public struct RecoveryChecker: Sendable {
    /// The name of this checker.
    public static let name = "recovery"
    /// The name of the phase after the faults.
    public static let phase = "recovery"
    /// The name of the trace event for a time in which the harness itself stood still.
    public static let stalled = "stalled"

    /// Makes the checker.
    public init() {}

    /// Judges a run; nil if it has no such phase or did not come to its planned end.
    public func check(_ record: RunRecord) -> CheckerResult? {
        guard record.finished,
            let phase = record.phases.last(where: { $0.name == Self.phase }), let end = phase.end
        else { return nil }
        let (asked, answers) = finalReads(record.history, from: phase.start)
        guard !asked.isEmpty else { return nil }
        let answered = Set(answers.map(\.key))
        guard let first = answers.first else {
            return silence(record, from: phase.start, length: end - phase.start)
        }
        var result = CheckerResult(
            checker: Self.name, verdict: .valid,
            measures: [
                .init("first answer after", "\((first.time - phase.start) / 1_000_000) ms"),
                .init("keys read at the end", "\(answered.count)"),
            ])
        let keys = Set(record.history.events.map(\.key))
        if answered.count < keys.count {
            result.verdict = .unknown
            result.reasons.append(
                "\(keys.count - answered.count) of \(keys.count) keys could not be read before the "
                    + "recovery limit; whether their last writes survived is not known")
        }
        return result
    }

    /// No answer at all: the system's fault, unless the harness was not there to hear one.
    private func silence(
        _ record: RunRecord, from start: Instant, length: Nanoseconds
    ) -> CheckerResult {
        let stall = record.traces.first { $0.name == Self.stalled && $0.time >= start }
        if let stall {
            return CheckerResult(
                checker: Self.name, verdict: .unknown,
                reasons: [
                    "no operation succeeded after the faults, but the harness itself stood still "
                        + (stall.detail ?? "")
                ])
        }
        return CheckerResult(
            checker: Self.name, verdict: .invalid, kind: "liveness",
            reasons: [
                "with all faults healed, no operation succeeded in the "
                    + "\(Instant(nanoseconds: length)) from \(start) on"
            ])
    }

    /// The keys that were asked for in the phase, and the good ends of operations begun in it.
    private func finalReads(
        _ history: History, from start: Instant
    ) -> (asked: Set<Value?>, answers: [Event]) {
        var asked: Set<Value?> = []
        var open: Set<ProcessID> = []
        var answers: [Event] = []
        for event in history.events where event.time >= start {
            if event.type == .invoke {
                asked.insert(event.key)
                open.insert(event.process)
            } else if open.remove(event.process) != nil, event.type == .ok {
                answers.append(event)
            }
        }
        return (asked, answers)
    }
}
