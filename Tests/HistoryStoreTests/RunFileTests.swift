import Foundation
import GRDB
import HistoryModel
import Testing
import Vocabulary

@testable import HistoryStore

@Suite struct RunFileTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "run-file-tests-\(UUID().uuidString)")

    private let metadata = RunMetadata(
        id: "register-1", startedAt: "2026-01-02T03:04:05Z", workload: "register",
        system: "raft", defects: ["no-fsync"], nodes: 5, seed: .max, world: "real",
        command: ["harness", "check", "--seed", "7"], configuration: "nodes: 5\n",
        versions: ["sqlite": "3"], faultsPlanned: 3, traceHash: "c0ffee")

    private let events = [
        Event(
            index: 0, time: Instant(nanoseconds: -5), process: ProcessID(3), type: .invoke,
            function: .cas, key: 39, value: [.null, 1]),
        Event(
            index: 1, time: Instant(nanoseconds: 9), process: ProcessID(3), type: .fail,
            function: .cas, key: 39, value: [.null, 1], found: 2, error: "mismatch \"x\" 'y'",
            node: NodeID(4)),
        Event(
            index: 2, process: ProcessID(9), type: .fail, function: .cas, key: 39,
            value: [5, 6], found: .some(.null)),
        Event(index: 3, process: ProcessID(1), type: .invoke, function: .read, key: "k"),
        Event(
            index: 4, process: ProcessID(1), type: .ok, function: .read, key: "k",
            value: ["a\"\\\n\u{1}ü", [true, -3], .null, 1, false]),
    ]

    private var fault: FaultRecord {
        var fault = FaultRecord(
            id: 2, kind: "partition-one", summary: "n1 | n2", nodes: [NodeID(1)],
            links: [DirectedLink(from: NodeID(1), to: NodeID(2))],
            start: Instant(nanoseconds: 10), touchedUnit: "bytes held")
        fault.end = Instant(nanoseconds: 20)
        fault.applied = .seen(at: Instant(nanoseconds: 12))
        fault.healed = .missing("probe n1→n2 timed out")
        fault.firstDelivery = Instant(nanoseconds: 25)
        fault.touched = 77
        return fault
    }

    private func withFile(_ body: (String) async throws -> Void) async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.appending(path: "run.sqlite").path)
    }

    @Test func `values that only look alike stay different in a run file`() async throws {
        let texts = [
            "1", "1.0", "1.5M", "\"1\"", ":a", "\":a\"", "a", "\"a\"", "#{1 :a}", "[1 :a]",
            "{:a #{1}}",
            "{\"a\" \":a\"}", "12345678901234567890", "{\"$edn\" 1}", "\\a",
        ]
        let values = try texts.map { try Value(edn: $0) }
        let events = values.enumerated().map { place, value in
            Event(
                index: place, process: ProcessID(place), type: .invoke, function: .write,
                key: value, value: [value, .list([value])], found: value)
        }
        try await withFile { path in
            let writer = try RunWriter(creating: path, metadata: metadata)
            try await writer.append(events)
            try await writer.finish()
            #expect(try RunReader.read(path).history.events == EventList(events))
        }
        #expect(Set(values).count == texts.count)
    }

    @Test func `everything that is written is read back`() async throws {
        try await withFile { path in
            let participant = Counterexample.Participant(
                label: "A", action: "write 7",
                operation: Operation(invocation: events[0], completion: events[1]))
            let results = [
                CheckerResult(
                    checker: "linearizability", verdict: .invalid, kind: "stale-read",
                    reasons: ["because"],
                    counterexample: Counterexample(
                        key: "39", summary: "s", steps: ["one"], participants: [participant],
                        precedences: [.init(before: "A", after: "B", because: "real time")]),
                    findings: [
                        .init(
                            kind: "lost update", explanation: "it's gone", key: "k\"1", version: 7,
                            writer: "n3/2"),
                        .init(
                            kind: "buried alive", explanation: "n2", node: NodeID(2),
                            time: Instant(nanoseconds: 5)),
                    ],
                    measures: [.init("keys", "1")]),
                CheckerResult(checker: "stats", verdict: .valid),
            ]
            let traces = [
                NodeTraceEvent(
                    time: Instant(nanoseconds: 3), node: NodeID(1), name: "leader", term: 2,
                    index: 9, hash: .max, entryTerm: 1, count: 3, detail: "x"),
                NodeTraceEvent(time: Instant(nanoseconds: 4), node: NodeID(2), name: "started"),
            ]
            let phases = [RunPhase(name: "load", start: .zero, end: nil)]
            let writer = try RunWriter(creating: path, metadata: metadata)
            try await writer.append(events)
            try await writer.record(fault)
            try await writer.record(phases)
            try await writer.append(traces)
            try await writer.append(notices: ["careful"])
            try await writer.record(results)
            try await writer.markFinished()
            try await writer.finish()

            let record = try RunReader.read(path)
            #expect(record.metadata == metadata)
            #expect(Array(record.history.events) == events)
            #expect(record.faults == [fault])
            #expect(record.phases == phases)
            #expect(Array(record.traces) == traces)
            #expect(record.notices == ["careful"])
            #expect(record.results == results)
            #expect(record.finished)
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(files == ["run.sqlite"])
        }
    }

    @Test func `a file from before there were findings is read, and judged again`() async throws {
        try await withFile { path in
            let writer = try RunWriter(creating: path, metadata: metadata)
            try await writer.record([CheckerResult(checker: "convergence", verdict: .valid)])
            try await writer.finish()
            let queue = try DatabaseQueue(path: path)
            try await queue.write { try $0.execute(sql: "DROP TABLE finding") }
            try queue.close()
            #expect(try RunReader.read(path).results.map(\.checker) == ["convergence"])

            let result = CheckerResult(
                checker: "convergence", verdict: .invalid,
                findings: [.init(kind: "divergence", explanation: "apart")])
            let again = try RunWriter(opening: path)
            try await again.record([result])
            try await again.finish()
            #expect(try RunReader.read(path).results == [result])
        }
    }

    @Test func `a run is summed up in a line of words`() async throws {
        try await withFile { path in
            let writer = try RunWriter(creating: path, metadata: metadata)
            #expect(
                RunReader.summary(path)
                    == "not judged, cut short (0 of 3 faults), real raft with no-fsync, "
                    + "seed 18446744073709551615")
            try await writer.markFinished()
            #expect(
                RunReader.summary(path)
                    == "not judged, real raft with no-fsync, seed 18446744073709551615")
            let queue = try DatabaseQueue(path: path)
            try await queue.write {
                try $0.execute(
                    sql: "INSERT INTO verdict VALUES ('x', 'fine', NULL, '[]', NULL, '[]')")
            }
            #expect(RunReader.summary(path).contains("the verdict \"fine\""))
            try queue.close()
            try Data("{}".utf8).write(to: URL(filePath: path))
            #expect(RunReader.summary(path).contains("not an SQLite file"))
        }
    }

    @Test func `a later record of a fault replaces an earlier one`() async throws {
        try await withFile { path in
            let writer = try RunWriter(creating: path, metadata: metadata)
            var first = fault
            first.touched = 1
            try await writer.record(first)
            try await writer.record(fault)
            #expect(try RunReader.read(path).faults == [fault])
        }
    }

    @Test func `a file that was never finished is read with all that was handed over`() async throws
    {
        try await withFile { path in
            let writer = try RunWriter(creating: path, metadata: metadata)
            try await writer.append(Array(events.prefix(2)))
            let record = try RunReader.read(path)
            #expect(record.history.events.count == 2)
            #expect(!record.finished)
        }
    }

    @Test func `a missing, foreign, newer or damaged file is told apart`() async throws {
        try await withFile { path in
            #expect(throws: RunStoreError.missing(path: path)) { try RunReader.read(path) }
            try Data("{}".utf8).write(to: URL(filePath: path))
            #expect(throws: RunStoreError.foreign(path: path, found: "not an SQLite file")) {
                try RunReader.read(path)
            }
            try FileManager.default.removeItem(atPath: path)
            let writer = try RunWriter(creating: path, metadata: metadata)
            try await writer.append(events)
            try await writer.finish()
            var bytes = try Data(contentsOf: URL(filePath: path))
            var newer = bytes
            newer[63] = 9
            try newer.write(to: URL(filePath: path))
            #expect(throws: RunStoreError.otherVersion(path: path, found: 9, expected: 2)) {
                try RunReader.read(path)
            }
            for offset in stride(from: 4_096, to: bytes.count, by: 3) { bytes[offset] ^= 0x5a }
            try bytes.write(to: URL(filePath: path))
            #expect(throws: RunStoreError.self) { try RunReader.read(path) }
        }
    }

    @Test(arguments: [
        ("UPDATE trace SET count = -9223372036854775808", "trace.count"),
        ("UPDATE trace SET log_index = -1", "trace.log_index"),
        ("UPDATE trace SET node = 4611686018427387904", "trace.node"),
        ("UPDATE event SET time_ns = -9223372036854775808", "event.time_ns"),
        ("UPDATE event SET time_ns = 4611686018427387904", "event.time_ns"),
        ("UPDATE event SET time_ns = 1152921504606846977", "event.time_ns"),
        ("UPDATE trace SET log_index = 9223372036854775807", "trace.log_index"),
        ("UPDATE trace SET term = 9223372036854775807", "trace.term"),
        ("UPDATE fault SET touched = 9223372036854775807", "fault.touched"),
        ("UPDATE event SET process = -1", "event.process"),
        ("UPDATE event SET seq = -7 WHERE seq = 0", "event.seq"),
        ("UPDATE phase SET start_ns = -9223372036854775808", "phase.start_ns"),
        ("UPDATE phase SET end_ns = -1", "before it starts"),
        ("UPDATE fault SET end_ns = 3", "before it starts"),
        ("UPDATE fault SET touched = -1", "fault.touched"),
        ("UPDATE fault SET nodes = '[-3]'", "fault.nodes"),
        ("UPDATE fault SET nodes = '{}'", "JSON"),
        ("UPDATE run SET nodes = -1", "run.nodes"),
        ("UPDATE run SET seed = 'x'", "seed x"),
        ("UPDATE run SET defects = '[1'", "JSON"),
        ("UPDATE event SET type = 'maybe'", "event type maybe"),
    ])
    func `what no run can hold is refused in plain words`(
        statement: String, part: String
    ) async throws {
        try await withFile { path in
            let writer = try RunWriter(creating: path, metadata: metadata)
            try await writer.append(events)
            try await writer.record(fault)
            try await writer.record([RunPhase(name: "load", start: .zero)])
            try await writer.append([
                NodeTraceEvent(time: .zero, node: NodeID(1), name: "leader", index: 9, count: 3)
            ])
            try await writer.finish()
            try await DatabaseQueue(path: path).write { db in try db.execute(sql: statement) }
            let error = #expect(throws: RunStoreError.self) { try RunReader.read(path) }
            guard case .damaged(path, let reason)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.contains(part), "\(reason)")
            #expect(!reason.contains("Error"), "\(reason)")
        }
    }

    @Test func `an existing file is never overwritten`() async throws {
        try await withFile { path in
            _ = try RunWriter(creating: path, metadata: metadata)
            #expect(throws: RunStoreError.self) {
                try RunWriter(creating: path, metadata: metadata)
            }
        }
    }
}
