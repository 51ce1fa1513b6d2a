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

    /// Makes the checker.
    public init() {}

    /// Judges a run; nil if it has no such phase or did not come to its planned end.
    public func check(_ record: RunRecord) -> CheckerResult? {
        guard record.finished,
            let phase = record.phases.last(where: { $0.name == Self.phase }), let end = phase.end
        else { return nil }
        let events = record.history.events.lazy.filter { $0.time >= phase.start }
        let asked = Set(events.filter { $0.type == .invoke }.map(\.key))
        guard !asked.isEmpty else { return nil }
        let answers = events.filter { $0.type == .ok }
        let answered = Set(answers.map(\.key))
        guard let first = answers.first else {
            return CheckerResult(
                checker: Self.name, verdict: .invalid,
                reasons: [
                    "with all faults healed, no operation succeeded in the \(Instant(nanoseconds: end - phase.start)) "
                        + "from \(phase.start) on"
                ])
        }
        var result = CheckerResult(
            checker: Self.name, verdict: .valid,
            measures: [
                .init("first answer after", "\((first.time - phase.start) / 1_000_000) ms"),
                .init("keys read at the end", "\(answered.count) of \(asked.count)"),
            ])
        if answered.count < asked.count {
            result.reasons.append(
                "\(asked.count - answered.count) keys could not be read before the recovery "
                    + "limit; whether their last writes survived is not known")
        }
        return result
    }
}
