internal import ArgumentParser
internal import Exploration
internal import Foundation
internal import HistoryModel
internal import Runner
internal import Shrinking
internal import Synchronization
internal import WorkloadFiles
internal import Workloads

/// Shrinks a failure by trying candidates with real processes, where nothing repeats exactly.
struct RealShrinking {
    var loaded: ScenarioSource.Loaded
    var kind: String?
    var runs: Int
    var needed: Int
    var reports: String
    var deadline: ContinuousClock.Instant
    var printer: ProgressPrinter

    /// Shrinks and keeps the runs in which the smallest scenario failed.
    func carryOut() async throws -> Verdict {
        var scenario = loaded.scenario(forReal: true)
        scenario.schedule = scenario.effectiveSchedule
        let recorded = (loaded.record?.results ?? []).filter { $0.verdict == .invalid }
        guard let violation = kind ?? recorded.first?.violation else {
            printer.say("nothing to shrink: the run is not invalid")
            return .valid
        }
        let folder = try RunFolder(
            creatingIn: reports, workload: "shrunk-\(scenario.workload)", startedAt: Date(),
            hasNodes: false)
        let tries = RealTries(
            violation: violation, runs: runs, needed: needed, folder: folder.path,
            printer: printer)
        printer.say(
            "shrinking \(violation) with real processes: \(needed) of \(runs) runs have to fail")
        let first = try await tries.fails(scenario)
        guard first.hasFailed(needed) else {
            printer.say("nothing to shrink: the run failed again in \(first)")
            return .unknown
        }
        let loop = ShrinkingLoop(deadline: deadline) { candidate, _ in
            try await tries.fails(candidate).hasFailed(needed) ? candidate.seed : nil
        }
        let printer = printer
        let shrinker = try await Interruption.watch(
            printer, "stopping: the smallest so far is kept; once more to stop at once"
        ) { stops in
            try await loop.shrink(scenario, stops: stops.stream()) { printer.say(ShrinkingText.line($0)) }
        }
        try WorkloadFile.render(shrinker.smallest).write(
            toFile: folder.scenario, atomically: true, encoding: .utf8)
        print(
            """
            \(ShrinkingText.size(shrinker.progress)): failed in \(tries.rate)
              scenario  \(folder.scenario)
              repeat    harness replay \(folder.scenario) --world real --times 10
            """)
        return .invalid
    }
}

/// Tries scenarios with real processes and keeps the folder of the latest failure.
final class RealTries: Sendable {
    private let violation: String
    private let runs: Int
    private let needed: Int
    private let folder: String
    private let printer: ProgressPrinter
    private let latest = Mutex(ReproductionRate(failed: 0, runs: 0))

    init(violation: String, runs: Int, needed: Int, folder: String, printer: ProgressPrinter) {
        self.violation = violation
        self.runs = runs
        self.needed = needed
        self.folder = folder
        self.printer = printer
    }

    /// The rate of the scenario that failed last.
    var rate: ReproductionRate { latest.withLock { $0 } }

    /// How often a scenario fails; ends as soon as that decides.
    func fails(_ scenario: RunConfiguration) async throws -> ReproductionRate {
        var failed = 0
        for number in 1...runs {
            let record = try await RealCheck(configuration: scenario, reports: folder + "/runs")
                .carryOut(printer)
            if record.results.contains(where: {
                $0.verdict == .invalid && $0.violation == violation
            }) {
                failed += 1
            }
            let rate = ReproductionRate(failed: failed, runs: number)
            if rate.hasFailed(needed) {
                latest.withLock { $0 = rate }
                return rate
            }
            if failed + runs - number < needed { return rate }
        }
        return ReproductionRate(failed: failed, runs: runs)
    }
}

extension ReproductionRate {
    /// Whether it failed often enough.
    func hasFailed(_ needed: Int) -> Bool { failed >= needed }
}
