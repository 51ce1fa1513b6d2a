internal import FaultProxy
internal import Foundation

/// What a hop through the fault proxy costs: the median round trip of 64 bytes through it, less that
/// of the direct way in the same run.
enum HopBench {
    /// As it is on this machine, the waking of idle cores included.
    static func anywhere() async throws -> BenchRow {
        row("added by a proxied hop", try await HopLatency.measure())
    }

    /// On one core, where nobody waits for another one to wake; nil if the machine has no `taskset`.
    static func onOneCore(program: String) throws -> BenchRow? {
        let taskset = "/usr/bin/taskset"
        guard FileManager.default.isExecutableFile(atPath: taskset) else { return nil }
        let process = Process()
        process.executableURL = URL(filePath: taskset)
        process.arguments = ["-c", "0", program, "--hop-only"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(
            decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        let medians = text.split(whereSeparator: \.isWhitespace).compactMap { Int64($0) }
        guard medians.count == 2 else { return nil }
        return row(
            "the same on one core",
            HopLatency(directMedian: medians[0], proxiedMedian: medians[1]))
    }

    private static func row(_ name: String, _ latency: HopLatency) -> BenchRow {
        BenchRow(
            name: name, measured: Double(latency.added) / 1_000, wanted: 60, unit: "µs",
            direction: .atMost,
            note: "direct \(latency.directMedian / 1_000) µs, "
                + "proxied \(latency.proxiedMedian / 1_000) µs")
    }
}
