import HistoryModel
import Vocabulary

/// Small runs with something in every table of a run file.
enum SoundRun {
    static var raft: RunRecord {
        record(
            functions: [.write, .read, .cas],
            traces: [
                trace(1, 1, "started", detail: "incarnation 1"),
                trace(2, 2, "follower", term: 1, detail: "of n1"),
                trace(3, 1, "leader", term: 1, index: 1),
                trace(3, 2, "voted", term: 1, detail: "for n1"),
                trace(4, 1, "appended", term: 1, index: 2, hash: 7, entryTerm: 1, count: 2),
                trace(5, 1, "committed", term: 1, index: 2, hash: 7, entryTerm: 1),
                trace(6, 2, "truncated", term: 2, index: 2),
                trace(7, 0, RunRecord.tracesRead),
            ])
    }

    static var gossip: RunRecord {
        record(
            functions: [.write, .read, .add],
            traces: [
                trace(1, 1, "started", index: 0, detail: "incarnation 1"),
                trace(2, 1, "written", index: 1, hash: 7, detail: "n1 k 3"),
                trace(3, 2, "applied", index: 1, hash: 7, detail: "n1 k n1"),
                trace(3, 1, "told", index: 1, hash: 7, detail: "n1 k n2"),
                trace(4, 2, "buried", index: 2, hash: 9, detail: "n2 k n2"),
                trace(5, 1, "complete", detail: "n1 1 n2 2"),
                trace(5, 1, "member", index: 0, detail: "n2 alive"),
                trace(
                    6, 1, "traffic",
                    detail: "messages 10 bytes 1366 entries 15 needless 7 refused 0"),
                trace(7, 1, "state", index: 2, hash: 9), trace(7, 2, "state", index: 2, hash: 8),
                trace(7, 0, RunRecord.tracesRead),
            ])
    }

    private static func second(_ tenths: Int) -> Instant {
        Instant(nanoseconds: Int64(tenths) * 500_000_000)
    }

    private static func trace(
        _ time: Int, _ node: Int, _ name: String, term: Int? = nil, index: Int? = nil,
        hash: UInt64? = nil, entryTerm: Int? = nil, count: Int? = nil, detail: String? = nil
    ) -> NodeTraceEvent {
        NodeTraceEvent(
            time: second(time), node: NodeID(node), name: name, term: term, index: index,
            hash: hash, entryTerm: entryTerm, count: count, detail: detail)
    }

    /// Forty operations of four clients on two keys, most of which succeed.
    private static func record(functions: [Function], traces: [NodeTraceEvent]) -> RunRecord {
        var events: [Event] = []
        for number in 0..<40 {
            let function = functions[number % functions.count]
            let written = Value.integer(Int64(number))
            let input: Value =
                function == .read ? .null : function == .cas ? [written, written] : written
            let process = ProcessID(number % 4)
            let key = Value.text("k\(number % 2)")
            let type: EventType = number % 9 == 8 ? .fail : .ok
            let output: Value =
                function == .read && number > 3 ? .integer(Int64(number - 1)) : input
            let time = Instant(nanoseconds: Int64(number) * 90_000_000)
            for (place, value) in [input, output].enumerated() {
                events.append(
                    Event(
                        index: events.count, time: time + Int64(place) * 10_000_000,
                        process: process, type: place == 0 ? .invoke : type, function: function,
                        key: key, value: value, error: number % 9 == 8 ? "mismatch" : nil,
                        node: NodeID(1 + number % 3)))
            }
        }
        var fault = FaultRecord(
            id: 1, kind: "partition-one", summary: "n1 | n2 n3", nodes: [NodeID(1)],
            links: [DirectedLink(from: NodeID(1), to: NodeID(2))], start: second(1),
            touchedUnit: "bytes held")
        fault.end = second(3)
        fault.applied = .seen(at: second(2))
        fault.healed = .missing("the probe n1 → n2 timed out")
        fault.touched = 77
        return RunRecord(
            history: History(events: events), faults: [fault],
            phases: [
                RunPhase(name: RunPhase.load, start: .zero, end: second(6)),
                RunPhase(name: "recovery", start: second(6), end: second(8)),
            ], traces: traces, notices: ["a notice"], finished: true)
    }
}
