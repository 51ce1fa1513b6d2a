internal import Files
internal import ArgumentParser
internal import Exploration
internal import Foundation
internal import HistoryModel
internal import Runner
internal import Shrinking
internal import Simulator
internal import Vocabulary
internal import WorkloadFiles
internal import Workloads

/// `harness shrink`: the smallest scenario that still fails.
struct ShrinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shrink",
        abstract: "Cuts a failure down to the few faults and operations that it takes.",
        discussion: """
            Leaves out faults, operations, nodes, clients and time as long as the run still fails in \
            the same way, and keeps the smallest as a run with its report and its scenario file.

              \(Invocation.word) shrink reports/RUN
              \(Invocation.word) shrink --workload register --defect figure-8 --seed 4711
              \(Invocation.word) shrink reports/RUN --world real --runs 5 --needed 2

            A real run is tried with real processes: a candidate fails if it does so in --needed of \
            --runs tries. Ctrl-C keeps what was found so far.
            Exit codes: 1 the smallest failing scenario was kept, 0 the run did not fail at all, \
            2 it failed when it was recorded, but not again.
            """)

    @OptionGroup var source: ScenarioSource

    @Option(help: "The kind of violation to keep, such as linearizability/stale-read.")
    var kind: String?

    @Option(name: .customLong("for"), help: "End after so long; 1m by default, 30m for real runs.")
    var length: String?

    @Option(help: "real or simulated; the world of the run by default.")
    var world: String?

    @Option(help: "For real runs: how often a candidate is tried.")
    var runs = 5

    @Option(help: "For real runs: how many of these have to fail.")
    var needed = 1

    @Option(help: "For simulated runs: how many seeds a candidate is tried with at most.")
    var attempts = 200

    @Option(help: "The folder for runs.")
    var reports = "reports"

    func run() async throws {
        let printer = ProgressPrinter()
        guard attempts >= 1, runs >= 1, needed >= 1, needed <= runs else {
            throw ValidationError(
                "--attempts, --runs and --needed: expected 1 or more, needed ≤ runs")
        }
        let loaded = try source.load()
        let isReal = try ReplayWorld.isReal(world, loaded)
        if let soundness = loaded.soundness {
            printer.say("nothing to shrink: \(soundness)")
            return
        }
        let limit = try limit(isReal: isReal)
        try await HarnessFailure.caught(printer) {
            let begun = ContinuousClock.now
            let deadline = begun.advanced(by: .nanoseconds(limit))
            throw ExitCode(
                isReal
                    ? try await RealShrinking(
                        loaded: loaded, kind: kind, runs: runs, needed: needed, reports: reports,
                        deadline: deadline, printer: printer
                    ).carryOut()
                    : try await shrinkSimulated(loaded, begun, deadline, printer))
        }
    }

    private func limit(isReal: Bool) throws -> Int64 {
        guard let length else { return isReal ? 1_800_000_000_000 : 60_000_000_000 }
        guard let parsed = DurationText.parse(length), parsed > 0 else {
            throw ValidationError(
                "--for: expected a length of time such as 2m, found \"\(length)\"")
        }
        return parsed
    }

    private func shrinkSimulated(
        _ loaded: ScenarioSource.Loaded, _ begun: ContinuousClock.Instant,
        _ deadline: ContinuousClock.Instant, _ printer: ProgressPrinter
    ) async throws -> Verdict {
        let scenario = loaded.scenario(forReal: false)
        // Before the work: a folder that can't be made should not cost it.
        let folder = try RunFolder(
            creatingIn: reports, workload: "shrunk-\(scenario.workload)", startedAt: Date(),
            hasNodes: false)
        return try await Interruption.watch(
            printer, "stopping: the smallest so far is kept; once more to stop at once"
        ) { stops in
            do {
                try await warnOfAnotherRun(loaded, scenario, printer)
                let (kind, attempts) = (kind, attempts)
                let found = try await DedicatedThread.run {
                    try ShrinkingStart(scenario, kind: kind, attempts: attempts)
                }
                if let start = found {
                    return try await shrink(start, into: folder, stops, begun, deadline, printer)
                }
                try? FileManager.default.removeItem(atPath: folder.path)
                return nothingToShrink(loaded, printer)
            } catch {
                // It has no scenario in it unless something was found.
                if !FileManager.default.fileExists(atPath: folder.scenario) {
                    try? FileManager.default.removeItem(atPath: folder.path)
                }
                throw error
            }
        }
    }

    private func shrink(
        _ start: ShrinkingStart, into folder: RunFolder, _ stops: Stops,
        _ begun: ContinuousClock.Instant,
        _ deadline: ContinuousClock.Instant, _ printer: ProgressPrinter
    ) async throws -> Verdict {
        if !start.isScripted {
            printer.say(
                "with its operations written out the run does not fail; they stay as the seed "
                    + "draws them")
        }
        let oracle = start.oracle
        printer.say(
            "shrinking \(oracle.violation): "
                + ShrinkingText.size(ScenarioShrinker(start.scenario).progress))
        let jobs = ProcessInfo.processInfo.activeProcessorCount
        let loop = ShrinkingLoop(deadline: deadline) { candidate, effort in
            try await oracle.failingSeed(of: candidate, effort: effort, jobs: jobs)
        }
        let shrinker = try await loop.shrink(
            start.scenario, stops: stops.stream(),
            onSmaller: {
                try WholeFile.write(WorkloadFile.render($0), to: folder.scenario)
            },
            onProgress: { printer.show(ShrinkingText.line($0)) })
        let seconds = (ContinuousClock.now - begun) / .seconds(1)
        printer.say(
            "from \(ShrinkingText.size(ScenarioShrinker(start.scenario).progress))\n"
                + "to   \(ShrinkingText.size(shrinker.progress))\n"
                + "in \(String(format: "%.1f", seconds)) s, "
                + PluralText.count(shrinker.progress.tried, "candidate"))
        var smallest = shrinker.smallest
        smallest.description = "The smallest scenario found for \(oracle.violation)."
        let kept = try await KeptSimulation(
            scenario: smallest, reports: reports,
            command: { [Invocation.program, "check", "--simulate", "--workload", $0.scenario] },
            format: .text, folder: folder
        ).carryOut()
        return kept.record.verdict
    }

    /// Says so if the run is not the one that the file tells of.
    private func warnOfAnotherRun(
        _ loaded: ScenarioSource.Loaded, _ scenario: RunConfiguration, _ printer: ProgressPrinter
    ) async throws {
        guard !loaded.isReal, let recorded = loaded.record?.metadata?.traceHash else { return }
        let hash = try await DedicatedThread.run { try SimulatedRun(scenario).traceHash }
        guard hash != recorded else { return }
        printer.say(
            "this is not the recorded run: its trace hash is \(hash), recorded was \(recorded); "
                + "`\(Invocation.word) replay` says what differs")
    }

    /// A run that did not fail is no news; one that failed when it was recorded is.
    private func nothingToShrink(
        _ loaded: ScenarioSource.Loaded, _ printer: ProgressPrinter
    ) -> Verdict {
        let recorded = loaded.record.map(ViolationComparison.violations) ?? []
        guard !recorded.isEmpty else {
            printer.say("nothing to shrink: the run breaks no promise in the simulated world")
            return .valid
        }
        printer.say(
            "nothing to shrink: the run was INVALID when it was recorded "
                + "(\(recorded.joined(separator: ", "))), but breaks no promise in the simulated "
                + "world now")
        return .unknown
    }
}

/// Which world a run is repeated in.
enum ReplayWorld {
    /// Whether by real processes: as asked for, else as the run was made.
    static func isReal(_ asked: String?, _ loaded: ScenarioSource.Loaded) throws -> Bool {
        switch asked {
        case RunMetadata.real?: return true
        case RunMetadata.simulated?: return false
        case nil: return loaded.isReal
        case let other?:
            throw ValidationError(
                NearestName.unknown(
                    "world", other, known: [RunMetadata.real, RunMetadata.simulated]))
        }
    }
}

/// The state of shrinking as text.
enum ShrinkingText {
    static func size(_ progress: ShrinkingProgress) -> String {
        let operations =
            progress.operations.map { PluralText.count($0, "operation") } ?? "drawn operations"
        return [
            PluralText.count(progress.faults, "fault"), operations,
            PluralText.count(progress.nodes, "node"), PluralText.count(progress.threads, "client"),
        ].joined(separator: ", ") + ", "
            + DurationText.rounded(progress.length)
    }

    static func line(_ progress: ShrinkingProgress) -> String {
        "\(size(progress)) · \(progress.tried) tried · \(progress.pass.rawValue)"
    }
}
