internal import ArgumentParser
internal import FaultProxy

/// Measures the harness itself, and prints each figure beside what is wanted.
@main
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "harness-bench",
        abstract: "Measures the harness itself.",
        discussion: """
            Every row is a ratio of what was measured to what is wanted, in one run on this machine; \
            2 or more is comfortable, below 1 falls short.
            """,
        subcommands: [
            CheckBenchCommand.self, GossipBenchCommand.self, MemoryBenchCommand.self,
            SimulateBenchCommand.self,
        ])

    @Option(help: "The program to run the main job with; without it the main job is left out.")
    var harness: String?

    @Flag(help: "Print only the two medians of a hop in nanoseconds: direct, proxied.")
    var hopOnly = false

    func run() async throws {
        if hopOnly {
            let latency = try await HopLatency.measure()
            print(latency.directMedian, latency.proxiedMedian)
            return
        }
        var rows = [
            try await RecordingBench.interpreter(),
            try await RecordingBench.storing(),
            try await HopBench.anywhere(),
        ]
        if let pinned = try HopBench.onOneCore(program: CommandLine.arguments[0]) {
            rows.append(pinned)
        }
        if let harness { rows += try await MainJobBench.rows(harness: harness) }
        print(BenchRow.table(rows))
    }
}
