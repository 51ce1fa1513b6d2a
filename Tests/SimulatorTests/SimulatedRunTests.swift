import Checkers
import Exploration
import Faults
import HistoryModel
import Simulator
import Testing
import Vocabulary
import Workloads

@Suite struct `A simulated run` {
    static func configuration(seed: UInt64, defects: [String] = []) -> RunConfiguration {
        var configuration = RunConfiguration(workload: "register")
        configuration.timeLimit = 6_000_000_000
        configuration.rate = 100
        configuration.defects = defects
        configuration.seed = seed
        return configuration
    }

    @Test func `repeats itself from its seed, and only from that`() throws {
        let first = try SimulatedRun(Self.configuration(seed: 1))
        let again = try SimulatedRun(Self.configuration(seed: 1))
        let other = try SimulatedRun(Self.configuration(seed: 2))
        #expect(first.traceHash == again.traceHash)
        #expect(first.record == again.record)
        #expect(first.traceHash != other.traceHash)
    }

    @Test func `is judged by the checkers of real runs`() throws {
        let outcome = try SeedOutcome(Self.configuration(seed: 3))
        #expect(outcome.verdict == .valid)
        #expect(
            outcome.record.results.map(\.checker)
                == ["linearizability", "stats", "invariants", "crash", "faults", "recovery"])
        #expect(outcome.record.finished)
        #expect(outcome.record.history.events.count > 500)
        #expect(outcome.record.faults.contains { $0.touched > 0 && $0.applied.isSeen })
    }

    @Test(arguments: 0..<8)
    func `without a defect is valid in every world that is drawn`(part: UInt64) throws {
        var base = RunConfiguration(workload: "register")
        base.timeLimit = 4_000_000_000
        let drawing = ScenarioDrawing(base: base)
        for seed in (part * 5)..<(part * 5 + 5) {
            let outcome = try SeedOutcome(drawing.scenario(seed: seed))
            #expect(outcome.violations == [], "seed \(seed)")
            #expect(outcome.record.finished, "seed \(seed)")
        }
    }

    @Test(arguments: ["stale-reads", "no-fsync"])
    func `with a defect is invalid for some of few seeds`(defect: String) throws {
        var base = RunConfiguration(workload: "register")
        base.timeLimit = 8_000_000_000
        base.defects = [defect]
        let drawing = ScenarioDrawing(base: base)
        let found = try (UInt64(1)...20).first { seed in
            try SeedOutcome(drawing.scenario(seed: seed)).verdict == .invalid
        }
        #expect(found != nil)
    }

    @Test func `that can make no progress after its faults is invalid`() throws {
        var configuration = Self.configuration(seed: 1)
        // Nobody stands for election in time.
        configuration.electionTimeout = 200_000_000_000...201_000_000_000
        configuration.faults = []
        configuration.recoveryLimit = 5_000_000_000
        #expect(try SeedOutcome(configuration).violations == ["recovery/liveness"])
        // Clients that wait for ever don't hide it.
        configuration.operationTimeout = 600_000_000_000
        let endless = try SeedOutcome(configuration)
        #expect(endless.record.finished == false)
        #expect(endless.violations == ["recovery/liveness"])
    }

    @Test func `on a network that is too slow for elections is calm in the end`() throws {
        var configuration = Self.configuration(seed: 1)
        configuration.simulation.network.latency = 400_000_000...500_000_000
        configuration.simulation.disk.sync = 400_000_000...500_000_000
        configuration.faults = []
        #expect(try SeedOutcome(configuration).violations == [])
    }

    @Test func `of an unknown system is refused`() {
        var configuration = Self.configuration(seed: 1)
        configuration.system = "memory"
        #expect(throws: SimulationError.notSimulated(system: "memory")) {
            try SimulatedRun(configuration)
        }
    }

    @Test func `with a script invokes exactly its operations before the final reads`() throws {
        var configuration = Self.configuration(seed: 4)
        configuration.faults = []
        configuration.operations = [
            ScriptedOperation(
                start: Instant(nanoseconds: 1_000_000_000), thread: ThreadID(2),
                operation: OperationTemplate(function: .write, key: 7, value: 5)),
            ScriptedOperation(
                start: Instant(nanoseconds: 2_000_000_000), thread: ThreadID(1),
                operation: OperationTemplate(function: .read, key: 7)),
        ]
        let run = try SimulatedRun(configuration)
        let invoked = run.record.history.events.filter { $0.type == .invoke }
        #expect(invoked.map(\.function) == [.write, .read, .write, .read, .read])
        let answers = run.record.history.events.filter { $0.type == .ok }
        #expect(answers.map(\.value) == [5, 5, 1, 5, 1])
    }

    @Test func `lets faults overlap`() throws {
        var configuration = Self.configuration(seed: 5)
        let order = configuration.nodeIDs
        func fault(_ id: Int, _ kind: FaultKind, at start: Int64) -> PlannedFault {
            PlannedFault(
                id: id, kind: kind, start: Instant(nanoseconds: start * 1_000_000_000),
                duration: 2_000_000_000, order: order)
        }
        configuration.schedule = FaultSchedule(faults: [
            fault(1, .killOne, at: 1), fault(2, .killMinority, at: 2),
            fault(3, .partitionHalves, at: 2),
        ])
        let outcome = try SeedOutcome(configuration)
        let faults = outcome.record.faults.sorted { $0.id < $1.id }
        #expect(faults.map(\.id) == [1, 2, 3])
        #expect(try #require(faults[0].end) > faults[1].start)
        // The node that two faults killed starts again once, when the second is over.
        let starts = outcome.record.traces.filter { $0.name == "started" && $0.node == order[0] }
        #expect(starts.count == 2)
        #expect(try #require(starts.last).time > faults[1].start + 2_000_000_000)
        #expect(outcome.verdict == .valid)
    }

    @Test func `does not hold against a kill that another one has just let go of the node`() throws
    {
        var configuration = Self.configuration(seed: 5)
        let order = configuration.nodeIDs
        // The second ends while the first is about to look whether its node runs again.
        configuration.schedule = FaultSchedule(
            faults: [2_000_000_000, 2_015_000_000].enumerated().map { place, duration in
                PlannedFault(
                    id: place + 1, kind: .killOne, start: Instant(nanoseconds: 1_000_000_000),
                    duration: duration, order: order)
            })
        for seed in 1...8 as ClosedRange<UInt64> {
            configuration.seed = seed
            let faults = try SimulatedRun(configuration).record.faults.sorted { $0.id < $1.id }
            #expect(faults.map(\.healed.isSeen) == [true, true], "seed \(seed)")
            #expect(faults.map(\.touched).reduce(0, +) == 1, "only one of them found it running")
        }
    }

    @Test func `begins a fault after the election that it waits for`() throws {
        var configuration = Self.configuration(seed: 6)
        configuration.schedule = FaultSchedule(faults: [
            PlannedFault(
                id: 1, kind: .killLeader, start: Instant(nanoseconds: 1_000_000_000),
                duration: 1_000_000_000, order: configuration.nodeIDs),
            PlannedFault(
                id: 2, kind: .killLeader, start: Instant(nanoseconds: 1_000_000_000),
                duration: 1_500_000_000, order: configuration.nodeIDs,
                afterElection: 3_000_000),
        ])
        let record = try SimulatedRun(configuration).record
        let second = try #require(record.faults.first { $0.id == 2 })
        let elections = record.traces.filter { $0.name == "leader" && $0.time <= second.start }
        #expect(second.start == (try #require(elections.last).time) + 3_000_000)
        #expect(second.nodes == elections.last.map { [$0.node] })
    }
}
