internal import Exploration
internal import Faults
internal import Foundation
internal import HistoryModel
internal import Runner
internal import Shrinking
internal import Simulator
internal import Vocabulary
internal import Workloads

/// Ten explorations for one defect on one core, and the shrinking of the first that they find.
struct SimulationHunt {
    private struct Shrunk {
        var faults: Int
        var operations: Int
        var seconds: Double
    }

    private let defect: String
    /// How long each exploration took until it found something; infinite if it found nothing.
    private var found: [Double] = []
    private var shrunk: [Shrunk] = []
    /// How many findings were not failures any more when they were to be shrunk.
    private var lost = 0

    /// Hunts one defect, and shrinks up to `shrinks` findings.
    init(_ defect: String, shrinks: Int) async throws {
        self.defect = defect
        for start in 0..<10 as Range<UInt64> {
            let drawing = ScenarioDrawing(base: SimulationBench.base(defects: [defect]))
            let explorer = Explorer(
                seeds: nil, firstSeed: start * 1_000_003 + 1, jobs: 1, keepsGoing: false
            ) { drawing.scenario(seed: $0) }
            let begun = ContinuousClock.now
            let summary = try await explorer.explore(
                stops: AsyncStream { $0.finish() }, deadline: begun.advanced(by: .seconds(120))
            ) { _ in }
            let seconds = (ContinuousClock.now - begun) / .seconds(1)
            guard let seed = summary.failing.first else {
                found.append(.infinity)
                continue
            }
            found.append(seconds)
            guard shrunk.count + lost < shrinks else { continue }
            if let smaller = try await Self.shrink(drawing.scenario(seed: seed)) {
                shrunk.append(smaller)
            } else {
                lost += 1
            }
        }
    }

    /// What it came to; every figure is there even if nothing was found.
    var rows: [BenchRow] {
        let times = found.sorted()
        let seconds = shrunk.map(\.seconds).sorted()
        return [
            BenchRow(
                name: "\(defect): found within 120 s",
                measured: Double(found.count { $0 <= 120 }), wanted: 10, unit: "of 10",
                direction: .atLeast, note: "slowest \(Self.text(times.last)) s"),
            BenchRow(
                name: "\(defect): time until found, median", measured: times[times.count / 2],
                wanted: 10, unit: "s", direction: .atMost),
            smallness("faults", wanted: 5, shrunk.map(\.faults)),
            smallness("operations", wanted: 20, shrunk.map(\.operations)),
            BenchRow(
                name: "\(defect): time to shrink, the slowest", measured: seconds.last ?? .infinity,
                wanted: 60, unit: "s", direction: .atMost,
                note: "\(shrunk.count) shrunk, \(lost) that could not be"),
        ]
    }

    private func smallness(_ what: String, wanted: Double, _ sizes: [Int]) -> BenchRow {
        let sizes = sizes.sorted()
        return BenchRow(
            name: "\(defect): \(what) left by shrinking, median",
            measured: sizes.isEmpty ? .infinity : Double(sizes[sizes.count / 2]), wanted: wanted,
            unit: what, direction: .atMost,
            note: "all: \(sizes.map(String.init).joined(separator: " "))")
    }

    private static func text(_ seconds: Double?) -> String {
        String(format: "%.1f", seconds ?? .infinity)
    }

    private static func shrink(_ scenario: RunConfiguration) async throws -> Shrunk? {
        let begun = ContinuousClock.now
        guard let start = try ShrinkingStart(scenario, kind: nil) else { return nil }
        let jobs = ProcessInfo.processInfo.activeProcessorCount
        let loop = ShrinkingLoop(deadline: begun.advanced(by: .seconds(60))) {
            try await start.oracle.failingSeed(of: $0, effort: $1, jobs: jobs)
        }
        let shrinker = try await loop.shrink(
            start.scenario, stops: AsyncStream { $0.finish() }
        ) { _ in }
        let smallest = shrinker.smallest
        return Shrunk(
            faults: smallest.schedule?.faults.count ?? 0,
            operations: try SeedOutcome(smallest).record.history.events.count {
                $0.type == .invoke
            },
            seconds: (ContinuousClock.now - begun) / .seconds(1))
    }
}
