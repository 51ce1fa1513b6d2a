internal import ArgumentParser
internal import Exploration
internal import Foundation
internal import HistoryModel
internal import Runner
internal import Shrinking
internal import Simulator
internal import Systems
internal import WorkloadFiles
internal import Workloads

/// `harness replay`: the same run once more.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract:
            "Repeats a run: bit for bit in the simulated world, as often as it takes in the real one.",
        discussion: """
            A simulated run is carried out again and compared by its trace hash. A real one is \
            carried out again with the recorded schedule and operations, K times; how often it \
            fails in the same way is told with its 95 % interval.

              harness replay reports/RUN
              harness replay reports/RUN --times 20
              harness replay --workload register --defect figure-8 --seed 4711
              harness replay reports/RUN --world simulated     try a real run's schedule there

            Exit codes: those of the verdict; 1 also if a real run failed at least once; 70 if a \
            simulated run did not repeat itself.
            """)

    @OptionGroup var source: ScenarioSource

    @Option(help: "How often.")
    var times = 1

    @Option(help: "real or simulated; the world of the run by default.")
    var world: String?

    @Option(help: "The folder for runs.")
    var reports = "reports"

    @Option(help: "text for people, json for one object on standard output.")
    var format = OutputFormat.text

    func run() async throws {
        let printer = ProgressPrinter()
        guard (1...1_000_000).contains(times) else {
            throw ValidationError("--times: expected 1 to 1000000, found \(times)")
        }
        let loaded = try source.load()
        let isReal = try ReplayWorld.isReal(world, loaded)
        try await HarnessFailure.caught(printer) {
            throw ExitCode(
                isReal
                    ? try await replayReal(loaded, printer)
                    : try await replaySimulated(loaded, printer))
        }
    }

    // MARK: - In the simulated world

    private func replaySimulated(
        _ loaded: ScenarioSource.Loaded, _ printer: ProgressPrinter
    ) async throws -> Verdict {
        var reference = loaded.isReal ? nil : loaded.record
        var scenario = loaded.scenario
        if loaded.isReal, let record = loaded.record {
            scenario.operations = scenario.operations ?? record.script(of: scenario)
        }
        for _ in 0..<times {
            let run = try SimulatedRun(scenario)
            if let reference, let recorded = reference.metadata?.traceHash {
                guard run.traceHash == recorded else {
                    try tellDifference(reference, recorded, run, printer)
                }
            } else {
                var record = run.record
                record.metadata = RunDescription.metadata(
                    scenario, id: "replay", startedAt: Date(), world: RunMetadata.simulated,
                    traceHash: run.traceHash)
                reference = record
            }
        }
        let hash = reference?.metadata?.traceHash ?? ""
        let compared = loaded.record != nil && !loaded.isReal
        printer.say(
            compared
                ? "replayed \(times) time\(times == 1 ? "" : "s"): trace hash \(hash), as recorded"
                : "simulated \(times) time\(times == 1 ? "" : "s"): trace hash \(hash)")
        if compared, let folder = loaded.name.first, let reference {
            let judgement = Judgement(format: format)
            printer.say("the run and its report are in \(folder)")
            return try await judgement.carryOut(reference).verdict
        }
        let command = ["harness", "replay"] + loaded.name
        return try await KeptSimulation(
            scenario: scenario, reports: reports, command: { _ in command }, format: format
        ).carryOut().record.verdict
    }

    private func tellDifference(
        _ reference: RunRecord, _ recorded: String, _ run: SimulatedRun, _ printer: ProgressPrinter
    ) throws -> Never {
        let version = reference.metadata?.versions["harness"] ?? "unknown"
        printer.say("NOT REPEATED: trace hash \(run.traceHash), recorded was \(recorded)")
        printer.say(
            RunDifference(reference, run.record)?.description
                ?? "all recorded events agree; what differs are messages between them")
        printer.say(
            version == HarnessVersion.current
                ? "the simulator is not deterministic: please report this with the run file"
                : "the run was recorded by version \(version), this is \(HarnessVersion.current)")
        throw ExitCode.harnessFailure
    }

    // MARK: - In the real world

    private func replayReal(
        _ loaded: ScenarioSource.Loaded, _ printer: ProgressPrinter
    ) async throws -> Verdict {
        var scenario = loaded.scenario
        if scenario.operations == nil, let record = loaded.record {
            scenario.operations = record.script(of: scenario)
        }
        let wanted = Set(
            (loaded.record?.results ?? []).filter { $0.verdict == .invalid }.map(\.violation))
        var failed = 0
        var last: RunRecord?
        for number in 1...times {
            let run = RealCheck(
                configuration: scenario, reports: reports,
                format: times == 1 ? format : nil)
            let record = try await run.carryOut(printer)
            last = record
            let found = record.results.filter { $0.verdict == .invalid }.map(\.violation)
            let isSame = wanted.isEmpty ? !found.isEmpty : !wanted.isDisjoint(with: found)
            if isSame { failed += 1 }
            let rate = ReproductionRate(failed: failed, runs: number)
            printer.say(
                "run \(number) of \(times): \(record.verdict.rawValue)"
                    + (found.isEmpty ? "" : " (\(found.joined(separator: ", ")))")
                    + " · failed in the same way \(rate)")
        }
        if times > 1, format == .text {
            print("failed in the same way: \(ReproductionRate(failed: failed, runs: times))")
        }
        return failed > 0 ? .invalid : last?.verdict ?? .unknown
    }
}
