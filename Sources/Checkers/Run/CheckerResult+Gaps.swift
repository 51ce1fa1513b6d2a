import HistoryModel

extension CheckerResult {
    /// What a checker of traces concludes if they have gaps: a missing line can make a sound run look
    /// broken and a broken one sound.
    static func gapsInTraces(_ checker: String) -> CheckerResult {
        CheckerResult(
            checker: checker, verdict: .unknown,
            reasons: ["Not judged: the nodes' traces could not be read as a whole."])
    }
}
