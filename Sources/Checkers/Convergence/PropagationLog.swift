import HistoryModel
import Vocabulary

/// Who told whom of the writes that something went wrong with.
struct PropagationLog {
    /// Whether the nodes noted whom they told at all.
    private var wasNoted = false
    private var told: [Anomaly.Subject: [(from: NodeID, to: Substring)]] = [:]

    /// Looks the subjects up in the nodes' traces.
    init(of subjects: Set<Anomaly.Subject>, in traces: TraceList) {
        guard !subjects.isEmpty else { return }
        for event in traces where event.name == "told" {
            wasNoted = true
            guard let trace = StoreTrace(event),
                let receiver = event.detail?.split(separator: " ").last
            else { continue }
            let subject = Anomaly.Subject(key: trace.key, stamp: trace.stamp)
            guard subjects.contains(subject) else { continue }
            told[subject, default: []].append((trace.node, receiver))
        }
    }

    /// The rest of an anomaly's sentence: who was told of the write.
    func words(about subject: Anomaly.Subject?) -> String {
        guard let subject, wasNoted else { return "" }
        guard let told = told[subject] else { return "; nobody was told of it" }
        let first = told.prefix(6).map { "\($0.from) told \($0.to)" }.joined(separator: ", ")
        return "; " + first + (told.count > 6 ? " and \(told.count - 6) more" : "")
    }
}
