import HistoryModel
@testable import Reports
import Testing
import Vocabulary

@Suite struct FiguresTests {
    private func second(_ seconds: Double) -> Instant {
        Instant(nanoseconds: Int64(seconds * 1_000_000_000))
    }

    @Test(arguments: [
        (0, "0 ns"), (999, "999 ns"), (1_000, "1.00 µs"), (12_345, "12.3 µs"),
        (123_456_789, "123 ms"), (1_000_000_000, "1.00 s"), (61_234_000_000, "61.2 s"),
    ])
    func `lengths of time have three digits`(nanoseconds: Int64, text: String) {
        #expect(Display.length(nanoseconds) == text)
    }

    @Test func `counts have commas and seconds are cut, not rounded`() {
        #expect(Display.count(1_234_567) == "1,234,567")
        #expect(Display.count(999) == "999")
        #expect(Display.seconds(second(12.3459)) == "12.345")
        #expect(Display.decimal(-0.456, places: 1) == "−0.5")
        #expect(Display.command(["a", "b c", "it's", ""]) == ["a", "'b c'", "'it'\\''s'", "''"])
    }

    @Test func `transactions are told by what they found, or else by what they asked for`() {
        func told(_ outcome: EventType, _ found: Value) -> String {
            let asked = Value.list([[":r", "x", .null], [":w", 1, 2]])
            let invocation = Event(
                index: 0, process: ProcessID(0), type: .invoke, function: "txn", value: asked)
            let completion = Event(
                index: 1, process: ProcessID(0), type: outcome, function: "txn", value: found)
            return Display.action(of: Operation(invocation: invocation, completion: completion))
        }
        let found = Value.list([[":r", "x", 7], [":w", 1, 2]])
        #expect(told(.ok, found) == #"txn [r "x" 7] [w 1 2]"#)
        #expect(told(.info, .null) == #"txn [r "x" nil] [w 1 2]"#)
        #expect(told(.ok, .null) == told(.info, .null))
    }

    @Test func `overlapping faults count once and outside the load not at all`() {
        let spans = TimeSpans(
            [
                (second(4), second(6)), (second(1), second(3)), (second(2), second(4)),
                (second(9), second(12)),
            ],
            from: second(2), to: second(10))
        #expect(spans.spans.count == 2)
        #expect(spans.length == 5_000_000_000)
    }

    @Test func `quantiles are values that occurred`() throws {
        let events = (1...100).flatMap { number in
            [
                Event(index: number * 2, process: ProcessID(0), type: .invoke, function: .read),
                Event(
                    index: number * 2 + 1, time: Instant(nanoseconds: Int64(number)),
                    process: ProcessID(0), type: .ok, function: .read),
            ]
        }
        let history = History(
            events: events.map { event in
                // Each is invoked at zero; the completion of the one before may be later.
                var event = event
                event.process = ProcessID(event.index / 2)
                return event
            })
        let figures = FunctionFigures.all(of: try history.operations(), in: history.events)[0]
        #expect(figures.quantile(0.5) == 50)
        #expect(figures.quantile(0.99) == 99)
        #expect(figures.quantile(1) == 100)
        #expect(figures.histogram(from: 1, to: 100, bins: 64).reduce(0, +) == 100)
    }

    @Test func `the rate falls while a fault is applied`() throws {
        let impact = try RunFigures(SampleRun(operations: 6_000).record()).faults[0]
        let (before, during) = try (#require(impact.before), #require(impact.during))
        #expect(during < before * 0.95)
    }

    @Test func `a killed node is down until it has started again`() {
        var fault = FaultRecord(
            id: 1, kind: "kill-one", summary: "n1", nodes: [NodeID(1)],
            effects: .endsProcesses, start: second(2),
            touchedUnit: "")
        fault.end = second(3)
        let trace = { (time: Double, name: String, term: Int) in
            NodeTraceEvent(time: self.second(time), node: NodeID(1), name: name, term: term)
        }
        let record = RunRecord(
            history: History(), faults: [fault],
            traces: [
                trace(0, "follower", 0), trace(1, "leader", 1), trace(2.001, "candidate", 1),
                trace(3.5, "started", 1), trace(3.6, "follower", 2),
            ])
        let spans = RoleSpan.all(in: record, until: second(5))
        #expect(spans.map(\.role) == ["follower", "leader", "down", "started", "follower"])
        #expect(spans.map(\.end) == [second(1), second(2), second(3.5), second(3.6), second(5)])
        #expect(spans.last?.term == 2)
    }

    @Test func `the first leader is no change`() {
        let leader = { (node: Int, term: Int) in
            NodeTraceEvent(time: .zero, node: NodeID(node), name: "leader", term: term)
        }
        #expect(RoleSpan.leaderChanges(in: []) == nil)
        #expect(RoleSpan.leaderChanges(in: [leader(1, 1)]) == 0)
        #expect(RoleSpan.leaderChanges(in: [leader(1, 1), leader(2, 2), leader(1, 3)]) == 2)
    }

    @Test func `numbers are packed in seven bits a byte, differences zigzagged`() {
        var column = PackedColumn()
        for number in [0, 127, 128, 300] { column.append(number) }
        #expect(column.base64 == "AH+AAawC")
        var differences = PackedColumn()
        for number in [1, 0, -1, 63] { differences.append(differenceTo: number) }
        #expect(differences.base64 == "AgEBgAE=")
    }
}
