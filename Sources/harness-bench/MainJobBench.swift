internal import Foundation
internal import HistoryModel
internal import HistoryStore
internal import Vocabulary

/// The main job at its defaults, as a user runs it.
enum MainJobBench {
    static func rows(harness: String) async throws -> [BenchRow] {
        let reports = FileManager.default.temporaryDirectory.appending(
            path: "harness-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: reports) }
        let process = Process()
        process.executableURL = URL(filePath: harness)
        process.arguments = ["check", "--workload", "register", "--reports", reports.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let started = Date.now
        try process.run()
        var peak = 0.0
        while process.isRunning {
            peak = max(peak, peakMegabytes(of: process.processIdentifier))
            try await Task.sleep(for: .milliseconds(20))
        }
        let wall = Date.now.timeIntervalSince(started)
        let folders = try FileManager.default.contentsOfDirectory(atPath: reports.path)
        guard let folder = folders.first else { return [] }
        let record = try RunReader.read("\(reports.path)/\(folder)/run.sqlite")
        let end = record.history.events.last?.time.nanoseconds ?? 0
        return [
            BenchRow(
                name: "main job, fault-free parts", measured: faultFreeRate(record), wanted: 1_000,
                unit: "ops/s", direction: .atLeast, note: "verdict \(record.verdict.rawValue)"),
            BenchRow(
                name: "last operation to exit", measured: wall - Double(end) / 1e9, wanted: 5,
                unit: "s", direction: .atMost, note: "start of the nodes included"),
            BenchRow(
                name: "memory of the harness", measured: peak, wanted: 500,
                unit: "MB", direction: .atMost),
        ]
    }

    /// Operations that ended well a second, while no fault was applied or being healed.
    private static func faultFreeRate(_ record: RunRecord) -> Double {
        guard let load = record.phases.first(where: { $0.name == RunPhase.load }),
            let end = load.end
        else { return 0 }
        // Half a second after a heal still belongs to the fault: somebody has to be elected.
        let spans = record.faults.map { fault in
            fault.start.nanoseconds...((fault.end ?? end).nanoseconds + 500_000_000)
        }
        func isFree(_ time: Instant) -> Bool {
            time >= load.start && time < end && !spans.contains { $0.contains(time.nanoseconds) }
        }
        let ok = record.history.events.count { $0.type == .ok && isFree($0.time) }
        let step: Nanoseconds = 1_000_000
        let free = stride(from: load.start.nanoseconds, to: end.nanoseconds, by: Int64.Stride(step))
            .count { isFree(Instant(nanoseconds: $0)) }
        return Double(ok) / (Double(free) / 1_000)
    }

    /// The largest resident set that the process has had so far; 0 if it is gone.
    static func peakMegabytes(of process: Int32) -> Double {
        let path = "/proc/\(process)/status"
        let status = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }
        return (kilobytes ?? 0) / 1_024
    }
}
