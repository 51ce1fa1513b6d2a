internal import Exploration
internal import HistoryModel
internal import Runner
internal import Shrinking
internal import Workloads

/// Carries a run out again with real processes, as often as asked for.
struct RealReplay {
    var loaded: ScenarioSource.Loaded
    var times: Int
    var reports: String
    var format: OutputFormat
    var printer: ProgressPrinter

    /// Repeats until all is done or Ctrl-C ends it; a run that was cut short does not count.
    func carryOut() async throws -> Verdict {
        let scenario = loaded.scenario(forReal: true)
        let wanted = Set(loaded.record.map(ViolationComparison.violations) ?? [])
        var failed = 0
        var done = 0
        var last = Verdict.unknown
        try await Interruption.watch(printer) { stops in
            while done < times, !stops.isRequested {
                let (record, folder) = try await RealCheck(
                    configuration: scenario, reports: reports, format: times == 1 ? format : nil
                ).carryOut(printer, stops: stops)
                guard record.finished else {
                    printer.say("the run in \(folder.path) was cut short and does not count")
                    if times == 1 { last = record.verdict }
                    break
                }
                done += 1
                last = record.verdict
                let found = ViolationComparison.violations(record)
                let isSame = wanted.isEmpty ? !found.isEmpty : !wanted.isDisjoint(with: found)
                if isSame { failed += 1 }
                printer.say(
                    line(record, found, ReproductionRate(failed: failed, runs: done), folder))
                if times == 1, let recorded = loaded.record {
                    printer.say(ViolationComparison(recorded: recorded, replayed: record).text)
                }
            }
        }
        if times > 1, format == .text {
            StandardOutput.print(
                "failed in the same way: \(ReproductionRate(failed: failed, runs: done))")
        }
        return failed > 0 ? .invalid : last
    }

    private func line(
        _ record: RunRecord, _ found: [String], _ rate: ReproductionRate, _ folder: RunFolder
    ) -> String {
        "run \(rate.runs) of \(times): \(record.verdict.rawValue)"
            + (found.isEmpty ? "" : " (\(found.joined(separator: ", ")))")
            + " · failed in the same way \(rate) · \(folder.path)"
    }
}
