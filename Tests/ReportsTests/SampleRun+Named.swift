import Epidemics
import HistoryModel
import Vocabulary

extension SampleRun {
    /// The samples that show each section of a page in each of its forms.
    static let names = [
        "valid", "invalid", "unknown", "imported", "empty", "large", "hostile", "gossip",
        "calm gossip", "simulated", "idle", "no traces", "no roles", "imported invalid", "short",
    ]

    /// One of ``names``.
    static func named(_ name: String) throws -> RunRecord {
        switch name {
        case "valid": return SampleRun().valid()
        case "invalid": return try SampleRun().invalid()
        case "unknown": return SampleRun(operations: 5_000).unknown()
        case "imported": return imported()
        case "large": return SampleRun(operations: 118_000).valid()
        case "hostile": return hostile("</script><script>alert('x')</script><!--<img src=x>\"&")
        case "gossip": return gossip(hasFault: true)
        case "calm gossip": return gossip(hasFault: false)
        case "short": return SampleRun(operations: 40, seconds: 1, hasFaults: false).valid()
        case "simulated", "idle", "no traces", "no roles", "imported invalid":
            var record = try SampleRun(operations: 3_000).invalid()
            switch name {
            case "simulated": record.metadata?.world = RunMetadata.simulated
            case "idle": record.history = History()
            case "no traces": record.traces = []
            case "no roles": record.traces.removeAll { $0.name != "started" }
            default: record.metadata = nil
            }
            return record
        default: return RunRecord(history: History())
        }
    }

    /// A run of a store that agrees only in the end, with two findings.
    static func gossip(hasFault: Bool) -> RunRecord {
        func trace(
            _ milliseconds: Int64, _ node: Int, _ name: String, _ index: Int?, _ detail: String
        ) -> NodeTraceEvent {
            NodeTraceEvent(
                time: Instant(nanoseconds: milliseconds * 1_000_000), node: NodeID(node),
                name: name, index: index, detail: detail)
        }
        var record = SampleRun(operations: 200, seconds: 2, hasFaults: false).record()
        let starts = (1...3).map { trace(0, $0, "started", 0, "incarnation 1") }
        record.traces =
            starts + [
                trace(100, 1, "written", 7, "n1 k a"), trace(110, 1, "told", 7, "n1 k n2"),
                trace(120, 2, "applied", 7, "n1 k n1"), trace(300, 2, "written", 8, "n2 k b"),
                trace(900, 1, "applied", 8, "n2 k n2"),
            ]
        if hasFault {
            var fault = FaultRecord(
                id: 1, kind: "partition-one", summary: "n2 | n1 n3", nodes: [NodeID(2)],
                start: Instant(nanoseconds: 250_000_000), touchedUnit: "bytes held")
            fault.end = Instant(nanoseconds: 800_000_000)
            record.faults = [fault]
        }
        record.results = [
            CheckerResult(
                checker: "convergence", verdict: .invalid, reasons: ["n3 lacks a write."],
                findings: [
                    .init(
                        kind: "divergence", explanation: "n3 lacks the write", key: "k",
                        version: 7, writer: "n1"),
                    .init(
                        kind: "divergence", explanation: "n3 lacks another", key: "k",
                        version: 8, writer: "n2"),
                    .init(kind: "excess traffic", explanation: "nobody is quiet"),
                ], measures: (1...9).map { .init("measure \($0)", "\($0)") })
        ]
        return record
    }

    /// What is to be expected of the writes of ``gossip(hasFault:)``.
    static let epidemic = SimpleEpidemic(
        siteCount: 3, contactsPerSecond: 4, derivation: "rumors: push")
}
