internal import ArgumentParser
internal import Exploration
internal import Foundation
internal import HistoryModel
internal import Runner
internal import WorkloadFiles
internal import Workloads

/// `harness explore`: many seeds in the simulated world.
struct ExploreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explore",
        abstract: "Tries many seeds in the simulated world, over all cores.",
        discussion: """
            Each seed draws a world of its own: cluster size, timing, network, disks, clocks, load \
            and faults; options that are given are kept as they are. The first violation ends it, \
            unless --keep-going is given.

              \(Invocation.word) explore --workload register --seeds 2000
              \(Invocation.word) explore --workload register --defect figure-8
              \(Invocation.word) explore --workload register --seed 1 --for 10m --keep-going --shard 2/4

            It leaves a folder with explore.json, every failing seed as a workload file \
            (seed-N.yaml, written the moment that it is found), and for the first seed of each kind of violation a run with its report. \
            `\(Invocation.word) replay` and `\(Invocation.word) shrink` take those files.
            Exit codes: 0 no violation, 1 violations, 2 nothing was tested, or more than 1 % \
            of the seeds stayed undecided, 64 wrong usage, 70 the harness failed.
            """)

    @OptionGroup var options: RunOptions

    @Option(
        help: "How many seeds, or which: 1000, or 3,17,100-120; 10000 by default.",
        transform: SeedList.init(parsing:))
    var seeds: SeedList?

    @Option(help: "How many run at a time; all cores by default.")
    var jobs: Int?

    @Option(
        help: "Take only part i of n of the seeds: i/n; needs --seed, or --seeds that names them.",
        transform: Shard.init(parsing:))
    var shard: Shard?

    @Option(name: .customLong("for"), help: "Begin nothing new after so long: 10m.")
    var length: String?

    @Flag(help: "Go on after a violation.")
    var keepGoing = false

    @Option(help: "The folder for runs.")
    var reports = "reports"

    @Option(help: "text for people, json for one object on standard output.")
    var format = OutputFormat.text

    func run() async throws {
        let printer = ProgressPrinter()
        let (base, fixed, notes) = try options.explored()
        let plan = try plan(firstSeed: base.seed)
        for note in notes { printer.say(note) }
        printer.say(
            "exploring \(base.workload) on \(base.system): \(plan.text), "
                + "\(DurationText.rounded(base.timeLimit)) of load each, \(plan.jobs) at a time"
                + (base.defects.isEmpty ? "" : ", defects \(base.defects.joined(separator: ", "))"))
        try await HarnessFailure.caught(printer) {
            throw try await explore(
                ScenarioDrawing(base: base, fixed: fixed), base: base, plan, printer)
        }
    }

    private func explore(
        _ drawing: ScenarioDrawing, base: RunConfiguration, _ plan: Plan,
        _ printer: ProgressPrinter
    ) async throws -> ExitCode {
        // Before the work: a folder that can't be made should not cost it.
        let folder = try RunFolder(
            creatingIn: reports, workload: "explore-\(base.workload)", startedAt: Date(),
            hasNodes: false)
        let explorer = Explorer(
            seeds: plan.seeds, firstSeed: base.seed, jobs: plan.jobs, keepsGoing: keepGoing
        ) { drawing.scenario(seed: $0) }
        let failing = FailingSeeds(folder: folder.path, drawing: drawing, printer: printer)
        let clock = ContinuousClock()
        let begun = clock.now
        let deadline = plan.length.map { begun.advanced(by: .nanoseconds($0)) }
        return try await Interruption.watch(
            printer, "stopping: what is under way still counts; once more to stop at once"
        ) { stops in
            let summary = try await explorer.explore(
                stops: stops.stream(), deadline: deadline, onViolation: failing.keep
            ) { printer.show(ExplorationText.line($0, elapsed: clock.now - begun)) }
            let result = ExplorationResult(
                summary: summary, drawing: drawing, base: base, seconds: clock.now - begun,
                isInterrupted: stops.isRequested, folder: folder.path)
            printer.clear()
            return try await conclude(result, failing)
        }
    }

    private func conclude(
        _ result: ExplorationResult, _ failing: FailingSeeds
    ) async throws -> ExitCode {
        if format == .text {
            StandardOutput.print(ExplorationText.summary(result, failing), terminator: "")
        }
        try result.write(runs: [])
        let runs = try await result.keepRuns()
        try result.write(runs: runs)
        switch format {
        case .json: StandardOutput.print(try result.json(runs))
        case .text: StandardOutput.print(ExplorationText.runs(runs), terminator: "")
        }
        return result.verdict != .invalid && !result.summary.failures.isEmpty
            ? .harnessFailure : ExitCode(result.verdict)
    }

    private struct Plan {
        var seeds: [UInt64]?
        var jobs: Int
        var length: Int64?
        var text: String
    }

    private func plan(firstSeed: UInt64) throws -> Plan {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        guard (1...1024).contains(jobs ?? cores) else {
            throw ValidationError("--jobs: expected 1 to 1024, found \(jobs ?? cores)")
        }
        var plan = Plan(jobs: jobs ?? cores, text: "")
        if let length {
            guard let parsed = DurationText.parse(length), parsed > 0 else {
                throw ValidationError(
                    "--for: expected a length of time such as 10m, found \"\(length)\"")
            }
            plan.length = parsed
        }
        let namesSeeds = if case .listed = seeds { true } else { options.seed != nil }
        guard shard == nil || namesSeeds else {
            throw ValidationError(
                "--shard: without a seed each part would draw its own; give all parts the same "
                    + "--seed N, or --seeds that names them, such as 1-1000")
        }
        switch seeds {
        case .listed(let listed):
            guard options.seed == nil else {
                throw ValidationError(
                    "--seed is the first seed of a number of them; --seeds names its own here")
            }
            plan.seeds = listed
        case .count(let count): plan.seeds = (0..<count).map { firstSeed &+ UInt64($0) }
        case nil where plan.length != nil && shard == nil: plan.seeds = nil
        case nil:
            // Without a bound of any other kind.
            let count = plan.length == nil ? Self.countDefault : 10_000_000
            plan.seeds = (0..<count).map { firstSeed &+ UInt64($0) }
        }
        if let shard { plan.seeds = plan.seeds.map(shard.part) }
        if let seeds = plan.seeds, seeds.isEmpty {
            throw ValidationError("--shard: no seed is left for this part; give more --seeds")
        }
        plan.text =
            plan.seeds.map { seeds in
                seeds.count == 1
                    ? "seed \(seeds[0])"
                    : "\(seeds.count) seeds from \(seeds[0]) on"
            } ?? "all seeds from \(firstSeed) on"
        return plan
    }

    private static let countDefault = 10_000
}
