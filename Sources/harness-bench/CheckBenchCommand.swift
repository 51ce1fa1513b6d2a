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
            the history too. The time is that of judging alone, on one core unless the row says so: \
            the best of five attempts, of two for more than a million operations, because whatever \
            else runs on the machine can only add to it.
            """)

    @Option(help: "Run only this row, and print its outcome as JSON.")
    var row: Int?

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
        var lines = [
            [
                "history", "seconds", "CPU s", "wanted", "ratio", "MB", "verdict", "peer", "faster",
            ]
        ]
        for (number, check) in CheckCase.all.enumerated() {
            let outcome = try Self.measureApart(number)
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
        print(BenchRow.table(try await ReadingBench.rows(etcdLogs: etcdLogs)))
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
