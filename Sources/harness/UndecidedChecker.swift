internal import Checkers
internal import HistoryModel

/// Says why a history can't be judged as it was read.
struct UndecidedChecker: HistoryChecker {
    /// The name of the checker that it stands for.
    let name: String
    let reason: String
    var summary: String { reason }
    var completions: CompletionRules { [:] }

    func check(_ history: History) throws(HistoryError) -> CheckerResult {
        CheckerResult(checker: name, verdict: .unknown, reasons: [reason])
    }
}
