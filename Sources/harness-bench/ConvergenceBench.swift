internal import Checkers
internal import HistoryModel
internal import Vocabulary

/// How long a gossip store's run takes to judge.
enum ConvergenceBench {
    static func row() throws -> BenchRow {
        let record = ConvergenceLoad().record(seed: Seed(1))
        let start = CheckCase.now()
        let result = try ConvergenceChecker(round: ConvergenceLoad.round).check(record)
        let seconds = CheckCase.now().cpu - start.cpu
        let verdict = result?.verdict.rawValue ?? "not judged"
        return BenchRow(
            name: "convergence, \(record.traces.count + record.history.events.count) events",
            measured: seconds, wanted: 2, unit: "s", direction: .atMost,
            note: verdict + (result?.verdict == .valid ? "" : " (wrong!)"))
    }
}
