internal import ArgumentParser

/// Measures the harness itself, and prints each figure beside what is wanted.
@main
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "harness-bench",
        abstract: "Measures the harness itself.",
        discussion: """
            Every row is a ratio of what was measured to what is wanted, in one run on this machine; \
            2 or more is comfortable, below 1 falls short.
            """)

    @Option(help: "The program to run the main job with.")
    var harness: String

    @Flag(help: "Leave the main job out, which takes more than a minute.")
    var quick = false

    func run() async throws {
        var rows = [
            try await RecordingBench.interpreter(),
            try await RecordingBench.storing(),
            try await HopBench.hop(),
        ]
        if !quick { rows += try await MainJobBench.rows(harness: harness) }
        print(BenchRow.table(rows))
    }
}
