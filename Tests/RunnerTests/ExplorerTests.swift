import Exploration
import Faults
import Foundation
import HistoryModel
import Runner
import Shrinking
import Synchronization
import Testing
import Vocabulary
import Workloads

@Suite(.timeLimit(.minutes(1))) struct ExplorerTests {
    private static func scenario(_ seed: UInt64, system: String = "raft") -> RunConfiguration {
        var scenario = RunConfiguration(workload: "register")
        scenario.system = system
        scenario.nodes = 3
        scenario.rate = 20
        scenario.timeLimit = 300_000_000
        scenario.faults = []
        scenario.seed = seed
        return scenario
    }

    private static var never: AsyncStream<Void> { AsyncStream { $0.finish() } }

    @Test func `a seed on which the harness fails is told and ends nothing`() async throws {
        let explorer = Explorer(seeds: Array(1...6), jobs: 2, keepsGoing: false) {
            Self.scenario($0, system: $0 % 3 == 0 ? "nothing" : "raft")
        }
        let summary = try await explorer.explore(stops: Self.never, deadline: nil) { _ in }
        #expect(summary.failures.map(\.seed) == [3, 6])
        #expect(summary.failures.allSatisfy { $0.reason.contains("nothing") })
        #expect(summary.seeds == 4)
        #expect(summary.verdict == .unknown)
    }

    /// More workers than there are threads for tasks, all of them busy: others still have their turn.
    @Test func `workers leave the threads of tasks to others`() async throws {
        let isHeard = Mutex(false)
        let stop = AsyncStream<Void>.makeStream()
        let explorer = Explorer(seeds: nil, jobs: 64, keepsGoing: true) { seed in
            let begun = ContinuousClock.now
            while !isHeard.withLock({ $0 }), ContinuousClock.now - begun < .seconds(20) {
                usleep(1_000)
            }
            return Self.scenario(seed, system: "nothing")
        }
        let summary = try await explorer.explore(stops: stop.stream, deadline: nil) { _ in
            isHeard.withLock { $0 = true }
            stop.continuation.yield()
        }
        #expect(isHeard.withLock { $0 })
        #expect(summary.seeds == 0)
    }

    @Test func `a violation is told at once, and what can't be told ends it`() async throws {
        struct Full: Error {}
        let seeds = Mutex<[UInt64]>([])
        let explorer = Explorer(seeds: Array(1...200), jobs: 1, keepsGoing: true) { seed in
            var scenario = Self.scenario(seed)
            scenario.defects = ["stale-reads"]
            scenario.rate = 200
            scenario.concurrency = 8
            scenario.timeLimit = 4_000_000_000
            scenario.faults = [.partitionLeader]
            return scenario
        }
        await #expect(throws: Full.self) {
            _ = try await explorer.explore(
                stops: Self.never, deadline: nil,
                onViolation: { outcome in
                    seeds.withLock { $0.append(outcome.seed) }
                    throw Full()
                },
                onProgress: { _ in })
        }
        #expect(seeds.withLock { $0.count } == 1)
    }
}

@Suite struct ShrinkingLoopTests {
    @Test func `each smaller scenario is told, and passes can be left out`() async throws {
        var scenario = RunConfiguration(workload: "register")
        scenario.timeLimit = 8_000_000_000
        let start = scenario
        let sizes = Mutex<[Int]>([])
        let worlds = Mutex<Set<SimulationSettings>>([])
        let loop = ShrinkingLoop(deadline: nil) { candidate, _ in
            worlds.withLock { _ = $0.insert(candidate.simulation) }
            return candidate.nodes >= 3 ? candidate.seed : nil
        }
        let shrinker = try await loop.shrink(
            start, stops: AsyncStream { $0.finish() },
            passes: ShrinkingPass.allCases.filter { $0 != .world },
            onSmaller: { smaller in sizes.withLock { $0.append(smaller.nodes) } },
            onProgress: { _ in })
        let told = sizes.withLock { $0 }
        #expect(told.count == shrinker.progress.accepted)
        #expect(told.last == 3)
        #expect(
            worlds.withLock { worlds in
                worlds.allSatisfy { $0.network == start.simulation.network }
            })
    }
}
