import HistoryModel
import Vocabulary

extension SampleRun {
    /// A run in which all went well.
    func valid() -> RunRecord {
        var record = record()
        record.results = [
            CheckerResult(
                checker: "linearizability", verdict: .valid,
                measures: [
                    .init("keys", "120"), .init("time", "84 ms"), .init("searched", "0 keys"),
                ]),
            CheckerResult(checker: "crash", verdict: .valid),
            CheckerResult(checker: "exercise", verdict: .valid, measures: [.init("faults", "12")]),
        ]
        record.notices = ["Fault 9 (partition-one-way) touched nothing."]
        return record
    }

    /// A run with a stale read, told by operations that are in its history.
    func invalid() throws -> RunRecord {
        var record = record()
        record.metadata?.defects = ["stale-reads"]
        record.metadata?.command += ["--defect", "stale-reads"]
        record.results = [
            CheckerResult(
                checker: "linearizability", verdict: .invalid,
                reasons: ["One key of 120 has no order that explains all its operations."],
                counterexample: try staleRead(in: &record),
                measures: [.init("keys", "120"), .init("time", "91 ms")]),
            CheckerResult(checker: "crash", verdict: .valid),
        ]
        return record
    }

    /// A run that nobody could judge.
    func unknown() -> RunRecord {
        var record = record()
        record.finished = false
        record.results = [
            CheckerResult(
                checker: "linearizability", verdict: .unknown,
                reasons: [
                    "Key 17 was not decided within 60 s and 4 GB: 1,204 operations, 31 of them with "
                        + "unknown outcome.",
                    "The other 119 keys are linearizable.",
                ], measures: [.init("keys", "119 of 120"), .init("time", "60.0 s")]),
            CheckerResult(
                checker: RunRecord.completenessChecker, verdict: .unknown,
                reasons: ["Cut short: 1 of 8 faults, no last reads."]),
            CheckerResult(checker: "crash", verdict: .valid),
        ]
        return record
    }

    /// A small history without metadata, times, faults or traces.
    static func imported() -> RunRecord {
        let lines: [(Int, EventType, Function, Value)] = [
            (0, .invoke, .write, 1), (1, .invoke, .read, .null), (0, .ok, .write, 1),
            (1, .ok, .read, 1), (2, .invoke, .cas, [1, 2]), (0, .invoke, .read, .null),
            (2, .ok, .cas, [1, 2]), (1, .invoke, .write, 3), (0, .ok, .read, 2),
            (1, .info, .write, 3), (2, .invoke, .cas, [7, 8]), (2, .fail, .cas, [7, 8]),
            (0, .invoke, .read, .null), (0, .ok, .read, "</script><b>no</b>"),
        ]
        let events = lines.enumerated().map { position, line in
            Event(
                index: position, process: ProcessID(line.0), type: line.1, function: line.2,
                value: line.3)
        }
        return RunRecord(
            history: History(events: events),
            results: [CheckerResult(checker: "linearizability", verdict: .valid)])
    }

    private func staleRead(in record: inout RunRecord) throws -> Counterexample {
        let operations = try record.history.operations()
        let middle = operations.count * 55 / 100
        let near = operations[middle..<min(operations.count, middle + 900)]
        let unknown = near.first { $0.outcome == .info }
        let start = unknown?.call ?? 0
        let later = near.filter { $0.call > start && $0.outcome == .ok }
        let write = later.first
        let readNew = later.first { $0.call > write?.return ?? 0 }
        let readOld = later.first {
            $0.call > readNew?.return ?? 0 && $0.process != readNew?.process
        }
        let chosen = [unknown, write, readNew, readOld].compactMap { $0 }
        let told: [(label: String, function: Function, input: Value, output: Value)] = [
            ("A", .cas, [41, 43], [41, 43]), ("B", .write, 42, 42), ("C", .read, .null, 42),
            ("D", .read, .null, 41),
        ]
        for (operation, explanation) in zip(chosen, told) {
            let ends = [
                (operation.call, explanation.input), (operation.return, explanation.output),
            ]
            for (index, value) in ends {
                guard let index else { continue }
                record.history.events[index].function = explanation.function
                record.history.events[index].key = 17
                record.history.events[index].value = value
            }
        }
        let actions = ["cas 41 → 43", "write 42", "read → 42", "read → 41"]
        var participants = zip(chosen, zip(told, actions)).map { operation, explanation in
            Counterexample.Participant(
                label: explanation.0.label, action: explanation.1, operation: operation)
        }
        for position in participants.indices where participants[position].outcome == "info" {
            participants[position].return = nil
            participants[position].returnTime = nil
        }
        return Counterexample(
            key: "17",
            summary: "A read returned 41 although 42 had been written and read before it began.",
            steps: [
                "B wrote 42 and returned before C was called; C read 42, so 42 was there by then.",
                "D was called after C had returned, so D comes after C in every order.",
                "D read 41. Nobody wrote 41 again: only an operation after C could bring it back.",
                "A, whose outcome is unknown, turns 41 into 43 and cannot bring it back either.",
            ],
            participants: participants,
            precedences: [
                .init(before: "B", after: "C", because: "B returned before C was called"),
                .init(before: "C", after: "D", because: "C returned before D was called"),
                .init(
                    before: "D", after: "B",
                    because: "D read 41, which 42 replaced and nobody wrote again"),
            ])
    }
}
