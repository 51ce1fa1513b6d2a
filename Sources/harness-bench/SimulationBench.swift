internal import Exploration
internal import Faults
internal import Foundation
internal import HistoryModel
internal import Runner
internal import Shrinking
internal import Simulator
internal import Vocabulary
internal import Workloads

/// The simulated world: how fast it is, what it finds, and how small that gets.
enum SimulationBench {
    /// The default run at 100 operations a second, all faults on, judged, on one core.
    static func speed() throws -> [BenchRow] {
        var configuration = RunConfiguration(workload: "register")
        configuration.rate = 100
        FreedMemory.keepForNextRun()
        _ = try SeedOutcome(configuration)
        let runs = 20 as UInt64
        var length: Nanoseconds = 0
        let clock = ContinuousClock()
        let begun = clock.now
        let busy = processorSeconds
        for seed in 1...runs {
            configuration.seed = seed
            length += try SeedOutcome(configuration).length
        }
        let seconds = (clock.now - begun) / .seconds(1)
        let toProcessor = Double(length) / 1e9 / (processorSeconds - busy)
        return [
            BenchRow(
                name: "simulated register run, judged: virtual to wall time",
                measured: Double(length) / 1e9 / seconds, wanted: 1_000, unit: "×",
                direction: .atLeast,
                note: "\(runs) runs of 60 s; \(Int(toProcessor)) × the processor's time"),
            BenchRow(
                name: "memory of a process that simulates", measured: peakMegabytes, wanted: 100,
                unit: "MB", direction: .atMost),
        ]
    }

    /// The time that processors have spent on this process: what a shared machine does not stretch.
    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// What a second core gains.
    static func scaling() async throws -> BenchRow {
        var seconds: [Double] = []
        for jobs in [1, 2] {
            let drawing = ScenarioDrawing(base: base(defects: []))
            let explorer = Explorer(
                seeds: Array(1...400), jobs: jobs, keepsGoing: true
            ) { drawing.scenario(seed: $0) }
            let clock = ContinuousClock()
            let begun = clock.now
            _ = try await explorer.explore(stops: AsyncStream { $0.finish() }, deadline: nil) { _ in
            }
            seconds.append((clock.now - begun) / .seconds(1))
        }
        return BenchRow(
            name: "explore with 2 jobs instead of 1", measured: seconds[0] / seconds[1],
            wanted: 1.8,
            unit: "× as fast", direction: .atLeast,
            note: "\(ProcessInfo.processInfo.activeProcessorCount) cores")
    }

    static func base(defects: [String]) -> RunConfiguration {
        var base = RunConfiguration(workload: "register")
        base.timeLimit = 20_000_000_000
        base.defects = defects
        return base
    }

    /// The largest resident set that this process has had so far.
    private static var peakMegabytes: Double {
        MainJobBench.peakMegabytes(of: ProcessInfo.processInfo.processIdentifier)
    }
}
