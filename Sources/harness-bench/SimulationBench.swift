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

    /// Ten explorations for one defect on one core, and the shrinking of the first that they find.
    static func hunt(_ defect: String, shrinks: Int) async throws -> [BenchRow] {
        var found: [Double] = []
        var sizes: [(faults: Int, operations: Int, seconds: Double)] = []
        let clock = ContinuousClock()
        for start in 0..<10 as Range<UInt64> {
            let drawing = ScenarioDrawing(base: base(defects: [defect]))
            let explorer = Explorer(
                seeds: nil, firstSeed: start * 1_000_003 + 1, jobs: 1, keepsGoing: false
            ) { drawing.scenario(seed: $0) }
            let begun = clock.now
            let summary = try await explorer.explore(
                stops: AsyncStream { $0.finish() }, deadline: begun.advanced(by: .seconds(120))
            ) { _ in }
            guard let seed = summary.failing.first else {
                found.append(.infinity)
                continue
            }
            found.append((clock.now - begun) / .seconds(1))
            if sizes.count < shrinks {
                sizes.append(try await shrink(drawing.scenario(seed: seed)))
            }
        }
        let times = found.sorted()
        let faults = sizes.map(\.faults).sorted()
        let operations = sizes.map(\.operations).sorted()
        let seconds = sizes.map(\.seconds).sorted()
        let middle = sizes.count / 2
        guard !sizes.isEmpty else { return [] }
        return [
            BenchRow(
                name: "\(defect): found, median of 10", measured: times[5], wanted: 10,
                unit: "s", direction: .atMost,
                note:
                    "\(found.count { $0.isFinite }) of 10 within 120 s, slowest \(text(times[9])) s"
            ),
            BenchRow(
                name: "\(defect): faults left by shrinking, median",
                measured: Double(faults[middle]), wanted: 5, unit: "faults", direction: .atMost,
                note: "all: \(faults.map(String.init).joined(separator: " "))"),
            BenchRow(
                name: "\(defect): operations left, median", measured: Double(operations[middle]),
                wanted: 20, unit: "operations", direction: .atMost,
                note: "in \(text(seconds[middle])) s, slowest \(text(seconds[seconds.count - 1])) s"
            ),
        ]
    }

    private static func text(_ seconds: Double) -> String { String(format: "%.1f", seconds) }

    private static func base(defects: [String]) -> RunConfiguration {
        var base = RunConfiguration(workload: "register")
        base.timeLimit = 20_000_000_000
        base.defects = defects
        return base
    }

    private static func shrink(
        _ scenario: RunConfiguration
    ) async throws -> (faults: Int, operations: Int, seconds: Double) {
        let begun = ContinuousClock.now
        let start = try ShrinkingStart(scenario, kind: nil)
        guard let start else { return (0, 0, 0) }
        let jobs = ProcessInfo.processInfo.activeProcessorCount
        let loop = ShrinkingLoop(deadline: begun.advanced(by: .seconds(60))) {
            try await start.oracle.failingSeed(of: $0, effort: $1, jobs: jobs)
        }
        let shrinker = try await loop.shrink(
            start.scenario, stops: AsyncStream { $0.finish() }
        ) { _ in }
        let smallest = shrinker.smallest
        return (
            smallest.schedule?.faults.count ?? 0,
            try SeedOutcome(smallest).record.history.events.count { $0.type == .invoke },
            (ContinuousClock.now - begun) / .seconds(1)
        )
    }

    /// The largest resident set that this process has had so far.
    private static var peakMegabytes: Double {
        MainJobBench.peakMegabytes(of: ProcessInfo.processInfo.processIdentifier)
    }
}
