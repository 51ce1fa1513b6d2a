import HistoryModel
import Vocabulary

/// The traces of a run that some findings are about, found in one pass.
struct FindingTraces {
    /// The nodes in order.
    let nodes: [NodeID]
    /// Starts and ends of processes, each with its place among all traces.
    private var lives: [Placed] = []
    private var ofKeys: [String: [Placed]] = [:]
    private var ofNodes: [NodeID: [Placed]] = [:]

    private typealias Placed = (place: Int, trace: NodeTraceEvent)

    /// Looks through all traces.
    ///
    /// - Complexity: O(e) in the number of traces.
    init(_ findings: [CheckerResult.Finding], in traces: TraceList) {
        nodes = Set(traces.map(\.node)).filter { $0 != .harness }.sorted()
        for finding in findings {
            if let key = finding.key {
                ofKeys[key] = []
            } else if let node = finding.node {
                ofNodes[node] = []
            }
        }
        guard !ofKeys.isEmpty || !ofNodes.isEmpty else { return }
        let names = Dictionary(
            uniqueKeysWithValues: ofNodes.keys.map { (Substring($0.description), $0) })
        for (place, trace) in traces.enumerated() {
            switch trace.name {
            case "started", "crashed", "not-restarted": lives.append((place, trace))
            case "member":
                guard let word = trace.detail?.prefix(while: { $0 != " " }), let node = names[word]
                else { continue }
                ofNodes[node]?.append((place, trace))
            default:
                guard !ofKeys.isEmpty, let note = StoreNote(trace) else { continue }
                ofKeys[String(note.key)]?.append((place, trace))
            }
        }
    }

    /// What a finding is about, in the order of the traces.
    func traces(of finding: CheckerResult.Finding) -> [NodeTraceEvent] {
        let own: [Placed]? =
            if let key = finding.key { ofKeys[key] } else { finding.node.flatMap { ofNodes[$0] } }
        guard let own, !own.isEmpty else { return [] }
        return (lives + own).sorted { $0.place < $1.place }.map(\.trace)
    }
}
