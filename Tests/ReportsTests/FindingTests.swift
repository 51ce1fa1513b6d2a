import HistoryModel
import Testing
import Vocabulary

@testable import Reports

@Suite struct `What a finding shows` {
    private func trace(
        _ milliseconds: Int64, _ node: Int, _ name: String, _ index: Int?, _ detail: String
    ) -> NodeTraceEvent {
        NodeTraceEvent(
            time: Instant(nanoseconds: milliseconds * 1_000_000), node: NodeID(node), name: name,
            index: index, detail: detail)
    }

    private func record(_ traces: [NodeTraceEvent]) -> RunRecord {
        let starts = (1...3).map { trace(0, $0, "started", 0, "incarnation 1") }
        return RunRecord(history: History(), traces: starts + traces)
    }

    private let lost = CheckerResult.Finding(
        kind: "divergence", explanation: "s", key: "k", version: 7, writer: "n1")

    private func events(
        _ finding: CheckerResult.Finding, _ record: RunRecord
    ) -> FindingEvents? {
        FindingEvents(
            finding, in: FindingTraces([finding], in: record.traces), faults: record.faults)
    }

    private func words(_ events: FindingEvents) -> [String] {
        events.steps.map { "\($0.node) \($0.words)" }
    }

    @Test(arguments: [true, false])
    func `who told whom is counted by what was sent, or else by what was taken`(isNoted: Bool)
        throws
    {
        let told =
            isNoted ? [trace(3, 1, "told", 7, "n1 k n2"), trace(4, 1, "told", 7, "n1 k n3")] : []
        let matrix = try #require(
            PropagationMatrix(
                record(
                    [trace(2, 1, "written", 7, "n1 k a")] + told + [
                        trace(5, 3, "applied", 7, "n1 k n1"), trace(6, 2, "buried", 8, "n1 k n3"),
                    ]
                ).traces))
        #expect(
            matrix.cells.map(\.title)
                == (isNoted
                    ? ["n1 to n2: 1 writes", "n1 to n3: 1 writes"]
                    : ["n1 to n3: 1 writes", "n3 to n2: 1 writes"]))
        #expect(matrix.counted == (isNoted ? "sent" : "that the receiver took and had not"))
    }

    @Test func `a write is followed from node to node`() throws {
        let events = try #require(
            self.events(
                lost,
                record([
                    trace(1, 2, "applied", 6, "n3 k n3"), trace(2, 1, "written", 7, "n1 k a b"),
                    trace(2, 1, "written", 8, "n1 other x"), trace(3, 1, "told", 7, "n1 k n2"),
                    trace(4, 1, "told", 7, "n1 k n3"), trace(5, 3, "applied", 7, "n1 k n1"),
                    trace(6, 3, "told", 7, "n1 k n1"), trace(7, 1, "applied", 9, "n2 k n2"),
                ])))
        #expect(
            words(events) == [
                "n1 wrote it for a client", "n1 told n2, who did not take it", "n1 told n3",
                "n3 took it from n1",
            ])
        #expect(events.steps[2].taken == Instant(nanoseconds: 5_000_000))
        #expect(
            events.ending == [
                "n1 hold a later write", "n2 hold version 6@n3 instead", "n3 hold it",
            ])
    }

    @Test func `a deletion that is forgotten, and what comes back, are told`() throws {
        let events = try #require(
            self.events(
                lost,
                record([
                    trace(1, 1, "deleted", 7, "n1 k"), trace(2, 2, "buried", 7, "n1 k n1"),
                    trace(3, 2, "collected", 7, "n1 k"), trace(4, 2, "applied", 5, "n3 k n3"),
                    trace(5, 1, "applied", 5, "n3 k n2"),
                ])))
        #expect(
            words(events) == [
                "n1 wrote it for a client", "n2 took it from n1", "n2 forgot it",
                "n2 went back to version 5@n3", "n1 went back to version 5@n3",
            ])
    }

    @Test func `a node that loses its disk is told only if it had the write`() throws {
        var record = record([
            trace(1, 1, "written", 7, "n1 k a"), trace(9, 1, "started", 0, "incarnation 2"),
            trace(9, 2, "started", 0, "incarnation 2"),
        ])
        record.faults = [
            FaultRecord(
                id: 1, kind: "wipe-one", summary: "", nodes: [NodeID(1), NodeID(2)],
                effects: [.endsProcesses, .losesStores], start: Instant(nanoseconds: 3_000_000),
                touchedUnit: "processes killed")
        ]
        let events = try #require(self.events(lost, record))
        #expect(
            words(events) == [
                "n1 wrote it for a client", "n1 went down", "n1 came back with nothing",
            ])
        #expect(events.holdings[0].map(\.holding) == [.nothing, .has, .down, .nothing])
    }

    @Test func `of a node held dead the views are shown from the first doubt on`() throws {
        let finding = CheckerResult.Finding(kind: "buried alive", explanation: "s", node: NodeID(2))
        let events = try #require(
            self.events(
                finding,
                record([
                    trace(1, 1, "member", 0, "n2 alive"), trace(2, 3, "member", 0, "n2 suspect"),
                    trace(3, 3, "member", 0, "n2 dead"), trace(4, 3, "member", 0, "n1 dead"),
                ])))
        #expect(
            words(events) == [
                "n3 holds n2 suspect, incarnation 0", "n3 holds n2 dead, incarnation 0",
            ])
        #expect(events.ending == ["n1 n2 hold it alive", "n3 hold it dead"])
    }

    @Test func `of a wrong answer is shown what the node held then`() throws {
        let finding = CheckerResult.Finding(
            kind: "lost update", explanation: "s", key: "k", node: NodeID(2),
            time: Instant(nanoseconds: 4_500_000))
        let events = try #require(
            self.events(
                finding,
                record([
                    trace(1, 1, "written", 7, "n1 k a"), trace(2, 2, "applied", 7, "n1 k n1"),
                    trace(5, 1, "written", 8, "n1 k b"), trace(6, 2, "applied", 8, "n1 k n1"),
                ])))
        #expect(
            words(events) == [
                "n1 wrote it for a client", "n2 took it from n1", "n2 here: lost update",
            ])
    }

    @Test func `of what no trace tells there is no picture`() {
        #expect(events(.init(kind: "excess traffic", explanation: "s"), record([])) == nil)
        #expect(events(lost, record([trace(1, 1, "written", 8, "n1 k a")])) == nil)
    }

    @Test func `the tenth node comes after the ninth`() {
        let names = ["n10", "n9", "n9/2", "n2"].map { WriteName(version: 1, writer: $0) }
        #expect(names.sorted().map(\.description) == ["1@n2", "1@n9", "1@n9/2", "1@n10"])
        #expect(WriteName(version: 2, writer: "n1") > names[0])
    }

    @Test func `a page tells the findings, and nothing in them is markup`() throws {
        let evil = "<img src=x>\"&"
        var record = record([trace(1, 1, "written", 7, "n1 k a")])
        record.faults = [
            FaultRecord(
                id: 1, kind: evil, summary: evil, nodes: [], start: .zero, touchedUnit: evil)
        ]
        record.results = [
            CheckerResult(
                checker: "convergence", verdict: .invalid, reasons: ["r"],
                findings: [
                    lost, .init(kind: evil, explanation: evil, key: evil),
                    .init(kind: "excess traffic", explanation: "nobody is quiet"),
                ])
        ]
        let page = try HTMLReport.render(record)
        #expect(!page.contains("<img"))
        #expect(page.contains("wrote it for a client"))
        #expect(page.contains("nobody is quiet"))
        #expect(page.ranges(of: "<svg class=\"lanes\"").count == 1)
    }
}

@Suite struct `How writes spread` {
    private func event(_ milliseconds: Int64, _ node: Int, _ name: String, _ index: Int)
        -> NodeTraceEvent
    {
        NodeTraceEvent(
            time: Instant(nanoseconds: milliseconds * 1_000_000), node: NodeID(node), name: name,
            index: index, detail: "n1 k n1")
    }

    @Test func `is counted over all writes, and over those that no fault met`() {
        var record = RunRecord(history: History())
        record.traces =
            (1...2).map { NodeTraceEvent(time: .zero, node: NodeID($0), name: "started", index: 0) }
            + [
                event(10, 1, "written", 1), event(30, 2, "applied", 1), event(50, 1, "written", 2),
                event(90, 2, "applied", 2),
            ]
        var fault = FaultRecord(
            id: 1, kind: "partition-one", summary: "", nodes: [],
            start: Instant(nanoseconds: 60_000_000),
            touchedUnit: "bytes held")
        fault.end = Instant(nanoseconds: 80_000_000)
        record.faults = [fault]
        let spread = SpreadFigures(record, from: .zero, to: Instant(nanoseconds: 100_000_000))
        #expect(spread.all.delays == [0, 0, 20_000_000, 40_000_000])
        #expect(spread.all.copyCount == 4)
        #expect(spread.calm.delays == [0, 20_000_000])
        #expect(spread.all.share(at: 20_000_000) == 0.75)
        #expect(spread.all.time(ofThousandths: 990) == 40_000_000)
        #expect(spread.calm.time(ofThousandths: 500) == 0)
    }
}
