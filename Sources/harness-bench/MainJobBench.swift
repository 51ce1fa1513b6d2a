internal import Foundation
internal import HistoryModel
internal import HistoryStore
internal import Vocabulary

#if canImport(Glibc)
    internal import Glibc
#endif

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
        process.waitUntilExit()
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
                name: "memory of the largest process", measured: peakMegabytes(), wanted: 500,
                unit: "MB", direction: .atMost),
        ]
    }

    /// Operations that ended well a second, while no fault was applied or being healed.
    private static func faultFreeRate(_ record: RunRecord) -> Double {
        guard let load = record.phases.first(where: { $0.name == "load" }), let end = load.end
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

    /// The largest resident set of the processes that were waited for.
    private static func peakMegabytes() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
        return Double(usage.ru_maxrss) / 1_024
    }
}
