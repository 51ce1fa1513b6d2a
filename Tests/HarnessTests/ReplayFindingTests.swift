import HistoryModel
import Simulator
import Testing
import Vocabulary
import Workloads

@testable import harness

@Suite struct ReplayFindingTests {
    private static let run: RunRecord = {
        var configuration = RunConfiguration(workload: "register")
        configuration.timeLimit = 1_000_000_000
        configuration.rate = 30
        configuration.nodes = 3
        return (try? SimulatedRun(configuration).record) ?? RunRecord(history: History())
    }()

    private func recorded(hash: String?) -> RunRecord {
        var record = Self.run
        record.metadata = RunMetadata(
            id: "a", startedAt: "", workload: "w", system: "raft", defects: [], nodes: 3, seed: 0,
            world: RunMetadata.simulated, command: [], configuration: "", versions: [:],
            traceHash: hash)
        return record
    }

    private func finding(_ record: RunRecord, _ first: String = "aa", _ second: String = "aa")
        -> ReplayFinding
    {
        ReplayFinding(recorded: record, replayed: Self.run, hashes: (first, second))
    }

    @Test func `the same run is as recorded, and one without a hash can't be compared`() {
        #expect(Self.run.traces.count > 10)
        #expect(finding(recorded(hash: "aa")) == .asRecorded)
        #expect(finding(recorded(hash: nil)) == .noHash)
        #expect(!ReplayFinding.noHash.isFailure)
    }

    @Test func `what was taken out of the file is missed, though the hash is right`() throws {
        var record = recorded(hash: "aa")
        record.traces = []
        guard case .onlyEvents(let difference) = finding(record) else {
            Issue.record("\(finding(record))")
            return
        }
        #expect(difference.description.contains("only the replayed run has"))
        #expect(!difference.description.contains("NodeTraceEvent"))
        record = recorded(hash: "aa")
        record.history.events.removeLast()
        #expect(finding(record).isFailure)
        record = recorded(hash: "aa")
        record.phases[0].name += "x"
        #expect(finding(record).isFailure)
    }

    @Test func `an edited file and an undeterministic simulator are told apart`() {
        #expect(finding(recorded(hash: "00")) == .onlyHash(recorded: "00"))
        #expect(
            finding(recorded(hash: "aa"), "aa", "bb")
                == .notDeterministic(first: "aa", second: "bb"))
        var record = recorded(hash: "00")
        record.history.events[0].time = record.history.events[0].time + 1
        let found = finding(record)
        guard case .otherRun = found else {
            Issue.record("\(found)")
            return
        }
        let text = found.text(hash: "aa", version: HarnessVersion.current)
        #expect(text.contains("the first difference is event 0"))
        #expect(text.contains("edited or damaged"))
        #expect(!text.contains("Event("))
    }

    @Test func `violations then and now are compared by kind`() {
        func record(_ kinds: String...) -> RunRecord {
            RunRecord(
                history: History(),
                results: kinds.map { CheckerResult(checker: "c", verdict: .invalid, kind: $0) })
        }
        let same = ViolationComparison(recorded: record("a"), replayed: record("a"))
        #expect(!same.differs && same.text == "failed again with c/a")
        let gone = ViolationComparison(recorded: record("a"), replayed: record("b"))
        #expect(gone.differs)
        #expect(gone.text == "the recorded c/a did not happen again; new is c/b")
    }
}

@Suite struct InterruptionTests {
    @Test func `the echo of a signal is no second one`() {
        let start = ContinuousClock.now
        var count = InterruptionCount()
        #expect(count.add(at: start) == .stop)
        #expect(count.add(at: start.advanced(by: .milliseconds(1))) == .echo)
        #expect(count.add(at: start.advanced(by: .milliseconds(499))) == .echo)
        #expect(count.add(at: start.advanced(by: .milliseconds(501))) == .quit)
    }

    @Test func `a request to stop reaches those who listen, then and later`() async {
        let stops = Stops()
        let early = stops.stream()
        #expect(!stops.isRequested)
        stops.request()
        let late = stops.stream()
        #expect(stops.isRequested)
        var heard = 0
        for await _ in early.prefix(1) { heard += 1 }
        for await _ in late.prefix(1) { heard += 1 }
        #expect(heard == 2)
    }
}
