import Checkers
import HistoryModel
import Testing
import Vocabulary

@Suite struct RunCheckerTests {
    private func record(planned: Int = 1, faults: [FaultRecord]) -> RunRecord {
        RunRecord(
            metadata: RunMetadata(
                id: "r", startedAt: "", workload: "register", system: "raft", defects: [],
                nodes: 3, seed: 1, world: "real", command: [], configuration: "",
                versions: [:], faultsPlanned: planned),
            history: History(), faults: faults)
    }

    private func fault(
        touched: Int, applied: FaultRecord.Proof = .seen(at: .zero),
        healed: FaultRecord.Proof = .seen(at: .zero)
    ) -> FaultRecord {
        var fault = FaultRecord(
            id: 1, kind: "kill-one", summary: "n1", nodes: [NodeID(1)],
            effects: .endsProcesses, start: .zero,
            touchedUnit: "processes killed")
        fault.end = Instant(nanoseconds: 5)
        fault.touched = touched
        fault.applied = applied
        fault.healed = healed
        return fault
    }

    @Test func `faults that touched something and were seen are evidence`() {
        let result = FaultsChecker().check(record(faults: [fault(touched: 1)]))
        #expect(result?.verdict == .valid)
        #expect(result?.reasons.isEmpty == true)
    }

    @Test func `planned faults that never came, touched nothing or were not seen are none`() {
        let unseen = fault(touched: 3, applied: .missing("probe of n1 answered"))
        for faults in [[], [fault(touched: 0)], [unseen]] {
            #expect(FaultsChecker().check(record(faults: faults))?.verdict == .unknown)
        }
    }

    @Test func `a single fault that missed is a warning`() {
        let result = FaultsChecker().check(
            record(planned: 2, faults: [fault(touched: 1), fault(touched: 0)]))
        #expect(result?.verdict == .valid)
        #expect(result?.reasons.count == 1)
    }

    @Test func `a fault that a kill of the harness cut off is not said to have missed`() {
        var cutOff = fault(touched: 0)
        cutOff.end = nil
        let result = FaultsChecker().check(record(faults: [cutOff]))
        #expect(result?.verdict == .valid)
        #expect(result?.reasons.first?.contains("still applied") == true)
    }

    @Test func `a connection past the proxy makes the run no evidence`() {
        var record = record(faults: [fault(touched: 1)])
        record.traces = [
            NodeTraceEvent(time: .zero, node: NodeID(2), name: FaultsChecker.unproxied)
        ]
        #expect(FaultsChecker().check(record)?.verdict == .unknown)
    }

    @Test func `a run that was to have no faults is judged without them`() {
        #expect(FaultsChecker().check(record(planned: 0, faults: [])) == nil)
    }

    @Test(arguments: [CrashChecker.crashed, CrashChecker.notRestarted])
    func `a node that ends by itself or stays away is invalid`(name: String) {
        var record = record(faults: [])
        #expect(CrashChecker().check(record).verdict == .valid)
        #expect(CrashChecker().check(record).kind == nil)
        record.traces = [
            NodeTraceEvent(time: .zero, node: NodeID(2), name: name, detail: "out of luck")
        ]
        let result = CrashChecker().check(record)
        #expect(result.verdict == .invalid)
        #expect(result.kind == "crash")
        #expect(result.reasons.first?.contains("out of luck") == true)
    }

    @Test(arguments: [CrashChecker.crashed, CrashChecker.notRestarted])
    func `a node that somebody else ended accuses nobody`(name: String) {
        var record = record(faults: [])
        let signal = NodeTraceEvent(
            time: .zero, node: NodeID(2), name: CrashChecker.signalled, detail: "signal 15")
        record.traces = [signal, NodeTraceEvent(time: .zero, node: NodeID(2), name: name)]
        #expect(CrashChecker().check(record).verdict == .unknown)
        // It excuses one end of that node, and no other.
        record.traces.append(NodeTraceEvent(time: .zero, node: NodeID(2), name: name))
        #expect(CrashChecker().check(record).verdict == .invalid)
        record.traces = [signal, NodeTraceEvent(time: .zero, node: NodeID(1), name: name)]
        #expect(CrashChecker().check(record).verdict == .invalid)
    }

    @Test func `after the faults the system has to answer what is asked then`() {
        var record = record(faults: [])
        record.phases = [
            RunPhase(
                name: RecoveryChecker.phase, start: Instant(nanoseconds: 100),
                end: Instant(nanoseconds: 900))
        ]
        func event(_ index: Int, _ time: Int64, _ process: Int, _ type: EventType) -> Event {
            Event(
                index: index, time: Instant(nanoseconds: time), process: ProcessID(process),
                type: type, function: .read, key: .integer(Int64(process)))
        }
        // An operation of the load that ends in the recovery is no answer to a final read.
        let late = [event(0, 50, 1, .invoke), event(1, 110, 1, .ok)]
        let asked = [event(2, 120, 2, .invoke)]
        record.history.events = EventList(late)
        #expect(RecoveryChecker().check(record) == nil)
        record.history.events = EventList(late + asked + [event(3, 800, 2, .info)])
        #expect(RecoveryChecker().check(record)?.verdict == .invalid)
        #expect(RecoveryChecker().check(record)?.kind == "liveness")
        record.traces = [
            NodeTraceEvent(
                time: Instant(nanoseconds: 500), node: .harness, name: RecoveryChecker.stalled)
        ]
        #expect(RecoveryChecker().check(record)?.verdict == .unknown)
        record.history.events = EventList(late + asked + [event(3, 800, 2, .ok)])
        // Key 1 was written, but nobody read it at the end.
        #expect(RecoveryChecker().check(record)?.verdict == .unknown)
        record.history.events = EventList(asked + [event(3, 800, 2, .ok)])
        #expect(RecoveryChecker().check(record)?.verdict == .valid)
        record.finished = false
        #expect(RecoveryChecker().check(record) == nil)
        record.finished = true
        record.traces = []
        var write = event(4, 810, 3, .invoke)
        write.function = .write
        record.history.events = EventList(asked + [event(3, 800, 2, .ok), write])
        #expect(RecoveryChecker().check(record)?.kind == "liveness", "nothing can be written")
    }
}
