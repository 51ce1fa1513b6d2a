internal import ArgumentParser
internal import Foundation
internal import HistoryModel

/// `harness-bench check`: how long the checkers take over histories of many shapes.
struct CheckBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Measures the checkers on histories made from a seed.",
        discussion: """
            Each row runs in a process of its own, so that its peak of memory is its own; it holds \
            the history too. The time is that of judging alone, on one core unless the row says so. \
            All rows are gone over several times, and the best time of each counts: whatever else \
            runs on the machine can only add to it, and comes in waves of seconds.
            """)

    @Option(help: "Run only this row, and print its outcome as JSON.")
    var row: Int?

    @Option(help: "How often to go over all rows.")
    var rounds = 3

    @Option(
        help: """
            A folder with recorded logs of etcd, to judge them all together; by default what \
            HARNESS_ETCD_LOGS says.
            """)
    var etcdLogs: String?

    func run() async throws {
        if let row {
            guard CheckCase.all.indices.contains(row) else {
                throw ValidationError("--row: expected 0 to \(CheckCase.all.count - 1)")
            }
            let outcome = try await CheckCase.all[row].measure()
            print(String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self))
            return
        }
        guard rounds > 0 else { throw ValidationError("--rounds: expected 1 or more") }
        var outcomes = [[CheckCase.Outcome]](repeating: [], count: CheckCase.all.count)
        var reading: [[BenchRow]] = []
        for _ in 0..<rounds {
            for number in outcomes.indices {
                outcomes[number].append(try Self.measureApart(number))
            }
        }
        // Only now: a process begins with the peak of memory of the one that started it.
        for _ in 0..<rounds { reading.append(try await ReadingBench.rows(etcdLogs: etcdLogs)) }
        printTable(outcomes.map(CheckCase.Outcome.best))
        print(BenchRow.table(BenchRow.best(of: reading)))
    }

    private func printTable(_ outcomes: [CheckCase.Outcome]) {
        var lines = [
            [
                "history", "seconds", "CPU s", "wanted", "ratio", "MB", "verdict", "peer", "faster",
            ]
        ]
        for (check, outcome) in zip(CheckCase.all, outcomes) {
            let isRight = outcome.verdict == check.verdict
            lines.append([
                check.name, String(format: "%.4f", outcome.seconds),
                String(format: "%.4f", outcome.cpuSeconds),
                "\(check.wantedSeconds)",
                String(format: "%.2f", check.wantedSeconds / outcome.seconds),
                String(format: "%.0f", outcome.megabytes),
                outcome.verdict.rawValue + (isRight ? "" : " (wrong!)"), check.peer,
                check.peerSeconds.map { String(format: "%.0f×", $0 / outcome.seconds) } ?? "",
            ])
        }
        print(BenchRow.aligned(lines) + "\n")
    }

    /// Runs one row in a process of its own.
    private static func measureApart(_ row: Int) throws -> CheckCase.Outcome {
        let process = Process()
        process.executableURL = URL(filePath: CommandLine.arguments[0])
        process.arguments = ["check", "--row", String(row)]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return try JSONDecoder().decode(CheckCase.Outcome.self, from: data)
    }
}
