internal import ArgumentParser

/// `harness replay`: the same run once more.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract:
            "Repeats a run: bit for bit in the simulated world, as often as it takes in the real one.",
        discussion: """
            A simulated run is carried out again, compared with its record, event by event and by \
            its trace hash, and judged again. A real one is carried out again with the recorded schedule and operations, K times; how often it \
            fails in the same way is told with its 95 % interval.

              \(Invocation.word) replay reports/RUN
              \(Invocation.word) replay reports/RUN --times 20
              \(Invocation.word) replay --workload register --defect figure-8 --seed 4711
              \(Invocation.word) replay reports/RUN --world simulated     try a real run's schedule there

            Of a real run that was valid there is no failure to repeat, and it is not tried.

            Ctrl-C ends it after the run under way; a second one stops at once.
            Exit codes: those of the verdict; 1 also if a real run failed at least once; 70 if a \
            simulated run is not as it was recorded.
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
        if isReal, let soundness = loaded.soundness {
            printer.say("nothing to repeat: \(soundness); `check` makes new runs")
            return
        }
        try await HarnessFailure.caught(printer) {
            throw ExitCode(
                isReal
                    ? try await RealReplay(
                        loaded: loaded, times: times, reports: reports, format: format,
                        printer: printer
                    ).carryOut()
                    : try await SimulatedReplay(
                        loaded: loaded, times: times, reports: reports, format: format,
                        printer: printer
                    ).carryOut())
        }
    }
}
