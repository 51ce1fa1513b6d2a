import Checkers
import HistoryModel
import Testing
import Vocabulary

@Suite struct CompletenessTests {
    private static func second(_ number: Double) -> Instant {
        Instant(nanoseconds: Int64(number * 1_000_000_000))
    }

    /// A register is written and read; the run's record then ends, finished or not.
    private func record(
        finished: Bool, world: String = RunMetadata.real, read value: Value = 1,
        faultsPlanned: Int = 8
    ) throws -> RunRecord {
        var history = try History(
            script: """
                0 :invoke :write 1
                0 :ok :write 1
                1 :invoke :read nil
                1 :ok :read 1
                """)
        history.events[3].value = value
        for place in history.events.indices {
            history.events[place].time = Self.second(Double(place))
        }
        var fault = FaultRecord(
            id: 1, kind: "partition-halves", summary: "", nodes: [], start: Self.second(1),
            touchedUnit: "bytes")
        fault.end = Self.second(2)
        fault.applied = .seen(at: Self.second(1))
        fault.touched = 3
        return RunRecord(
            metadata: RunMetadata(
                id: "r", startedAt: "", workload: "register", system: "raft", defects: [], nodes: 3,
                seed: 1, world: world, command: [], configuration: "", versions: [:],
                faultsPlanned: faultsPlanned),
            history: history, faults: faultsPlanned > 0 ? [fault] : [],
            phases: [RunPhase(name: RunPhase.load, start: .zero)], finished: finished)
    }

    private func verdict(_ record: RunRecord) throws -> (Verdict, [String]) {
        var record = record
        record.results = try JudgingPlan.registers.results(for: record)
        return (record.verdict, record.results.filter { $0.verdict != .valid }.flatMap(\.reasons))
    }

    @Test func `a run that was cut short is unknown and says what it lacks`() throws {
        let (verdict, reasons) = try verdict(try record(finished: false))
        #expect(verdict == .unknown)
        #expect(reasons.first == "Cut short: 1 of 8 faults, no last reads.")
    }

    @Test func `a run without faults that was cut short is unknown as well`() throws {
        let (verdict, reasons) = try verdict(try record(finished: false, faultsPlanned: 0))
        #expect(verdict == .unknown)
        #expect(reasons.first == "Cut short: no last reads.")
    }

    @Test func `what is certain in a run that was cut short still makes it invalid`() throws {
        let (verdict, _) = try verdict(try record(finished: false, read: 2))
        #expect(verdict == .invalid)
    }

    @Test func `a run that came to its end lacks nothing`() throws {
        let finished = try record(finished: true)
        #expect(CompletenessChecker().check(finished) == nil)
        let simulated = try record(finished: false, world: RunMetadata.simulated)
        #expect(CompletenessChecker().check(simulated) == nil)
        #expect(CompletenessChecker().check(RunRecord(history: History(), finished: false)) == nil)
    }

    @Test func `reads after the load are not said to be missing`() throws {
        let record = try record(finished: false)
        let checker = CompletenessChecker(loadLength: 1_500_000_000)
        #expect(
            checker.check(record)?.reasons.first
                == "Cut short: 1 of 8 faults, last reads that did not end.")
    }

    @Test func `what lies behind the end of the shorter stream does not count`() throws {
        var record = try record(finished: false)
        func note(_ seconds: Double, _ name: String) {
            record.traces.append(
                NodeTraceEvent(
                    time: Self.second(seconds), node: name == "written" ? NodeID(1) : .harness,
                    name: name))
        }
        note(0.5, "written")
        note(1.5, "written")
        note(1.2, RunRecord.tracesRead)
        let known = record.knownPart
        #expect(known.history.events.count == 2)
        #expect(known.traces.map(\.time) == [Self.second(0.5), Self.second(1.2)])
        // Who ended in order has written everything.
        record.phases[0].end = Self.second(3)
        #expect(record.knownPart == record)
    }

    @Test func `a trace with gaps leaves a run unknown, whatever seems to be missing`() throws {
        var record = try record(finished: true)
        record.traces = [
            NodeTraceEvent(time: .zero, node: NodeID(3), name: "started", index: 0),
            NodeTraceEvent(
                time: .zero, node: NodeID(3), name: RunRecord.traceUnreadable,
                detail: "2 lines of its trace"),
        ]
        let (verdict, reasons) = try verdict(record)
        #expect(verdict == .unknown)
        #expect(reasons.contains { $0.contains("n3 (2 lines of its trace)") })
        // An acknowledged write that was never stored, as far as the traces tell.
        for place in record.history.events.indices { record.history.events[place].key = "k" }
        #expect(try ConvergenceChecker(round: 1).check(record)?.verdict == .unknown)
        record.traces.removeLast()
        #expect(try ConvergenceChecker(round: 1).check(record)?.verdict == .invalid)
    }

    @Test func `faults on a node whose connections are hidden prove nothing`() throws {
        var record = try record(finished: true)
        #expect(FaultsChecker().check(record)?.verdict == .valid)
        record.traces = [
            NodeTraceEvent(time: .zero, node: NodeID(2), name: FaultsChecker.unseen)
        ]
        #expect(FaultsChecker().check(record)?.verdict == .unknown)
    }

    @Test func `silence of a real run in which nothing ever worked accuses nobody`() throws {
        func silent(_ world: String, isProven: Bool) throws -> CheckerResult? {
            var record = try record(finished: true, world: world)
            record.history = try History(
                script: """
                    0 :invoke :write 1
                    0 :info :write 1
                    1 :invoke :read nil
                    1 :fail :read nil
                    """)
            if !isProven { record.faults[0].applied = .missing("nothing was seen") }
            record.phases = [
                RunPhase(name: RunPhase.load, start: .zero, end: .zero),
                RunPhase(name: RecoveryChecker.phase, start: .zero, end: Self.second(9)),
            ]
            return RecoveryChecker().check(record)
        }
        #expect(try silent(RunMetadata.real, isProven: false)?.verdict == .unknown)
        #expect(try silent(RunMetadata.real, isProven: true)?.verdict == .invalid)
        #expect(try silent(RunMetadata.simulated, isProven: false)?.verdict == .invalid)
    }
}
