internal import Files
internal import ArgumentParser
internal import Epidemics
internal import Foundation
internal import Reports
internal import Runner
internal import Vocabulary

/// `harness epidemics`: the laws of epidemics, by the gossip core itself.
struct EpidemicsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "epidemics",
        abstract: "Lets rumors spread over 1,000 sites and compares with the published figures.",
        discussion: """
            Prints the tables of Demers et al., "Epidemic algorithms for replicated database \
            maintenance" (1987), and the rounds that anti-entropy takes, each figure with its 99 % \
            interval beside the published one, and whether the laws hold. A page with plots of all \
            that is left in a folder in reports/.

              \(Invocation.word) epidemics
              \(Invocation.word) epidemics --effort 0.1     a tenth of the runs, wider intervals

            Ctrl-C ends it with the cells that are done.
            Exit codes: 0 every law holds, 1 one does not, 2 it was ended early, 64 wrong usage, 70 the \
            harness failed.
            """)

    @Option(help: "How many runs, relative to the usual number: 0.1 to 100.")
    var effort = 1.0

    @Option(
        parsing: .unconditional, help: "The seed of all randomness. (default: 1)",
        transform: SeedOption.parse)
    var seed: UInt64 = 1

    @Option(help: "The folder for pages; each gets a folder of its own in it.")
    var reports = "reports"

    func validate() throws {
        guard (0.1...100).contains(effort) else {
            throw ValidationError("--effort: expected 0.1 to 100, found \(effort)")
        }
    }

    func run() async throws {
        let printer = ProgressPrinter()
        try await HarnessFailure.caught(printer) {
            // Before the work: a folder that can't be made should not cost it.
            let started = Date()
            let folder = try RunFolder(
                creatingIn: reports, workload: "epidemics", startedAt: started, hasNodes: false)
            let begun = ContinuousClock.now
            let cells = EpidemicCell.all(effort: effort)
            let tables = try await Interruption.watch(
                printer, "stopping with the cells that are done"
            ) { stops in
                try await EpidemicLoop(
                    cells: cells, seed: Seed(seed),
                    jobs: ProcessInfo.processInfo.activeProcessorCount
                ).run(stops: stops.stream()) { place in
                    printer.show(
                        "cell \(place + 1) of \(cells.count): "
                            + PluralText.count(cells[place].runCount, "run"))
                }
            }
            printer.clear()
            let study = EpidemicStudy(
                tables: tables, cellCount: cells.count, effort: effort, seed: seed)
            StandardOutput.print(
                (tables.map(\.text) + [study.conclusion]).joined(separator: "\n\n"))
            let origin = EpidemicsReport.Origin(
                id: folder.id, startedAt: started.ISO8601Format(),
                length: begun.duration(to: .now), command: command,
                versions: RunDescription.versions())
            try WholeFile.write(
                EpidemicsReport.render(study, of: origin), to: folder.report)
            StandardOutput.print("\n  report        \(folder.report)")
            throw ExitCode(study.isWhole ? (study.holds ? 0 : 1) : 2)
        }
    }

    /// The command line with everything that decides.
    private var command: [String] {
        [Invocation.program, "epidemics", "--effort", "\(effort)", "--seed", "\(seed)"]
    }
}
