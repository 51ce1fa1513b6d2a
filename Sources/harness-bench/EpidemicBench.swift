internal import Epidemics
internal import Foundation
internal import Vocabulary

/// What it costs to let one update spread through many sites.
enum EpidemicBench {
    /// One update from one site until nobody spreads it any more, the sites made anew each time.
    static func rows() -> [BenchRow] {
        [(10_000, 1_000.0, 3), (1_000, 60.0, 11)].map { sites, wanted, runs in
            let before = CheckCase.peakMegabytes
            let times = (0..<runs).map { run in milliseconds(sites: sites, run: run) }.sorted()
            let memory = CheckCase.peakMegabytes - before
            return BenchRow(
                name: "one update at \(sites) sites until all is quiet, processor time",
                measured: times[runs / 2], wanted: wanted, unit: "ms", direction: .atMost,
                note: "push, feedback, counter 3; median of \(runs)"
                    + (memory >= 1 ? "; \(Int(memory)) MB" : ""))
        }
    }

    private static func milliseconds(sites: Int, run: Int) -> Double {
        let start = CheckCase.now()
        let cell = EpidemicCell.rumor(limit: 3, siteCount: sites)
        _ = cell.outcome(run: run, seed: Seed(1))
        return (CheckCase.now().cpu - start.cpu) * 1_000
    }

    /// All tables, as a user makes them, on all cores.
    static func study(harness: String) throws -> BenchRow {
        let reports = FileManager.default.temporaryDirectory.appending(
            path: "harness-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: reports) }
        let process = Process()
        process.executableURL = URL(filePath: harness)
        process.arguments = ["epidemics", "--reports", reports.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let begun = ContinuousClock.now
        let before = childrenSeconds
        try process.run()
        process.waitUntilExit()
        let seconds = (ContinuousClock.now - begun) / .seconds(1)
        let note =
            "\(Int(childrenSeconds - before)) s of processor time; "
            + (process.terminationStatus == 0 ? "all laws hold" : "a law does NOT hold")
        return BenchRow(
            name: "harness epidemics, whole", measured: seconds, wanted: 180, unit: "s",
            direction: .atMost, note: note)
    }

    /// What the processes that this one has started and outlived have computed.
    private static var childrenSeconds: Double {
        var usage = rusage()
        getrusage(numericCast(RUSAGE_CHILDREN.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }
}
