internal import Files
internal import Checkers
internal import Exploration
internal import Foundation
internal import HistoryModel
internal import HistoryStore
internal import Reports
internal import Runner
internal import Shrinking
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

    /// Real processes have a world of their own; only the simulated one can be made calmer.
    static let passes = ShrinkingPass.allCases.filter { $0 != .world }

    /// Shrinks and keeps a run in which the smallest scenario failed.
    func carryOut() async throws -> Verdict {
        var scenario = loaded.scenario(forReal: true)
        scenario.schedule = scenario.effectiveSchedule
        let recorded = loaded.record.map(ViolationComparison.violations) ?? []
        guard let violation = kind ?? recorded.first else {
            printer.say(
                loaded.record == nil
                    ? "which violation is to be kept? Say so with --kind"
                    : "nothing to shrink: the run is not invalid")
            return loaded.record?.verdict ?? .unknown
        }
        let folder = try RunFolder(
            creatingIn: reports, workload: "shrunk-\(scenario.workload)", startedAt: Date(),
            hasNodes: false)
        let start = scenario
        return try await Interruption.watch(
            printer, "stopping: the smallest so far is kept; once more to stop at once"
        ) { stops in
            let tries = RealTries(
                violation: violation, runs: runs, needed: needed, folder: folder,
                printer: printer, stops: stops)
            return try await shrink(start, violation, tries, folder, stops)
        }
    }

    private func shrink(
        _ scenario: RunConfiguration, _ violation: String, _ tries: RealTries,
        _ folder: RunFolder, _ stops: Stops
    ) async throws -> Verdict {
        printer.say(
            "shrinking \(violation) with real processes: \(needed) of "
                + PluralText.count(runs, "run") + " \(needed == 1 ? "has" : "have") to fail")
        let first = try await tries.fails(scenario)
        guard first.hasFailed(needed) else {
            try? FileManager.default.removeItem(atPath: folder.path)
            printer.say(
                stops.isRequested
                    ? "stopped before the run had failed again"
                    : "nothing to shrink: the run failed again in \(first)")
            return .unknown
        }
        let keep: @Sendable (RunConfiguration) throws -> Void = { smaller in
            var smaller = smaller
            smaller.description = "The smallest scenario found for \(violation)."
            try WholeFile.write(WorkloadFile.render(smaller), to: folder.scenario)
        }
        try keep(scenario)
        let needed = needed
        let printer = printer
        let loop = ShrinkingLoop(deadline: deadline) { candidate, _ in
            try await tries.fails(candidate).hasFailed(needed) ? candidate.seed : nil
        }
        let shrinker = try await loop.shrink(
            scenario, stops: stops.stream(), passes: Self.passes, onSmaller: keep
        ) { printer.say(ShrinkingText.line($0)) }
        if !stops.isRequested { printer.say("how often does the smallest fail?") }
        let rate = try await tries.rate(of: shrinker.smallest)
        try tries.takeRun()
        try await conclude(shrinker, rate, folder)
        return .invalid
    }

    private func conclude(
        _ shrinker: ScenarioShrinker, _ rate: ReproductionRate, _ folder: RunFolder
    ) async throws {
        let judgement = Judgement(
            database: folder.database, report: folder.report, format: .text,
            judge: Judge(
                budget: shrinker.smallest.check, promise: ConsistencyModel(shrinker.smallest)))
        _ = try await judgement.carryOut(try RunReader.read(folder.database))
        StandardOutput.print(
            """

            \(ShrinkingText.size(shrinker.progress)): \(rate.runs == 0 ? "not run again" : "failed in \(rate)")
              scenario  \(folder.scenario)
              repeat    \(Invocation.word) replay \(ShellWords.quoted(folder.path)) --times 10
            """)
    }
}
