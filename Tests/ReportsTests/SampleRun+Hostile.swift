import HistoryModel
import Vocabulary

extension SampleRun {
    /// A run in which every text is the given one, also those of its counterexample and its finding.
    static func hostile(_ text: String) -> RunRecord {
        let events = [
            Event(
                index: 0, time: Instant(nanoseconds: 5), process: ProcessID(0), type: .invoke,
                function: Function(rawValue: text), key: .text(text), value: .text(text)),
            Event(
                index: 1, time: Instant(nanoseconds: 900), process: ProcessID(0), type: .ok,
                function: Function(rawValue: text), key: .text(text), value: .text(text),
                error: text),
        ]
        var fault = FaultRecord(
            id: 1, kind: text, summary: text, nodes: [], start: .zero, touchedUnit: text)
        fault.applied = .missing(text)
        let operation = Operation(invocation: events[0], completion: events[1])
        var example = Counterexample(
            key: text, summary: text, steps: [text],
            participants: [.init(label: text, action: text, operation: operation)],
            precedences: [.init(before: text, after: text, because: text)])
        example.element = text
        let finding = CheckerResult.Finding(
            kind: text, explanation: text, key: text, version: 1, writer: text, node: NodeID(1),
            time: Instant(nanoseconds: 900))
        return RunRecord(
            metadata: RunMetadata(
                id: text, startedAt: text, workload: text, system: text, defects: [text], nodes: 1,
                seed: 1, world: text, command: [text], configuration: text, versions: [text: text]),
            history: History(events: events), faults: [fault],
            phases: [RunPhase(name: text, start: .zero)],
            traces: [
                NodeTraceEvent(time: .zero, node: NodeID(1), name: "leader", term: 1, detail: text),
                NodeTraceEvent(
                    time: .zero, node: NodeID(1), name: "written", index: 1,
                    detail: "n1 \(text) \(text)"),
            ],
            notices: [text],
            results: [
                CheckerResult(
                    checker: text, verdict: .invalid, kind: text, reasons: [text],
                    counterexample: example, findings: [finding], measures: [.init(text, text)])
            ])
    }
}
