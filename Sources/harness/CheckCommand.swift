internal import ArgumentParser
internal import HistoryModel
internal import WorkloadFiles
internal import Workloads

/// `harness check`: one run, from starting the nodes to the report.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Runs a workload against a system, injects faults, and judges what happened.",
        discussion: """
            Everything that a workload file says can be overridden here. A run leaves a folder in \
            reports/ with the run file (run.sqlite), the report (report.html) and the nodes' logs.

              \(Invocation.word) check --workload register
              \(Invocation.word) check --workload register --seed 7 --time-limit 2m --faults partition,kill-all
              \(Invocation.word) check --workload register --format json > result.json

            Ctrl-C ends a real run early and judges what was recorded; a second one stops at once. A \
            simulated run goes on after the first.
            Exit codes: 0 valid, 1 invalid, 2 unknown, 64 wrong usage, 70 the harness failed.
            """)

    @OptionGroup var options: RunOptions
    @OptionGroup var budget: BudgetOptions

    @Flag(
        help: """
            Run the same nodes, clients and faults in virtual time, in one process: the seed decides \
            everything.
            """)
    var simulate = false

    @Flag(
        help: """
            End the run at the first violation, which is found while it goes on; not with --simulate, \
            where a run takes no time.
            """)
    var failFast = false

    @Option(help: "The folder for runs; each gets a folder of its own in it.")
    var reports = "reports"

    @Option(help: "text for people, json for one object on standard output.")
    var format = OutputFormat.text

    func run() async throws {
        guard !(simulate && failFast) else {
            throw ValidationError("--fail-fast: a simulated run takes no time that could be saved")
        }
        guard !(simulate && budget.isGiven) else {
            throw ValidationError(
                "--time-budget, --memory-budget: a simulated run is judged in a fixed number of steps, "
                    + "to be repeatable; judge it again by \(Invocation.word) analyze")
        }
        let (configuration, notes) = try configuration()
        let printer = ProgressPrinter()
        for note in notes { printer.say(note) }
        if !simulate, configuration.simulation != SimulationSettings() {
            printer.say(
                "left out: the file's simulation settings (network, disk, clocks), which only "
                    + "--simulate has")
        }
        try await HarnessFailure.caught(printer) {
            printer.say(Self.headline(configuration, isSimulated: simulate))
            let verdict =
                simulate
                ? try await simulated(configuration, printer)
                : try await RealCheck(
                    configuration: configuration, reports: reports, failFast: failFast,
                    format: format
                ).carryOut(printer).verdict
            throw ExitCode(verdict)
        }
    }

    private func configuration() throws -> (RunConfiguration, notes: [String]) {
        var (configuration, notes) = try options.configuration()
        try budget.apply(to: &configuration.check)
        return (configuration, notes)
    }

    private func simulated(
        _ configuration: RunConfiguration, _ printer: ProgressPrinter
    ) async throws -> Verdict {
        try await Interruption.watch(
            printer, "a simulated run can't be judged half: once more to stop at once"
        ) { _ in
            try await KeptSimulation(
                scenario: configuration, reports: reports, format: format
            ).carryOut().record.verdict
        }
    }

    private static func headline(_ configuration: RunConfiguration, isSimulated: Bool) -> String {
        "\(configuration.workload) on \(configuration.system)"
            + (isSimulated ? " (simulated)" : "")
            + ": \(PluralText.count(configuration.nodes, "node")), "
            + "\(PluralText.count(configuration.concurrency, "client")), "
            + "\(DurationText.rounded(configuration.timeLimit)), seed \(configuration.seed)"
            + (configuration.defects.isEmpty
                ? "" : ", defects \(configuration.defects.joined(separator: ", "))")
    }
}
