import HistoryModel
import Vocabulary

/// What clients asked a store of keys to do, so that what nobody asked for can be told.
struct RequestedWrites {
    private struct RequestedWrite {
        /// Whether it can have had an effect: what failed has none.
        var isPossible = false
        /// When it was first asked for.
        var since = Instant.distantFuture
    }

    /// By key and value.
    private var writes: [String: [String: RequestedWrite]] = [:]
    /// By key: when deletions that did not fail were asked for, in the order of time.
    private var deletions: [String: [Instant]] = [:]

    init(_ operations: [Operation]) {
        for operation in operations {
            if operation.function == .write {
                add(operation)
            } else if operation.function == .delete, operation.outcome != .fail {
                deletions[operation.keyText, default: []].append(operation.callTime)
            }
        }
    }

    private mutating func add(_ operation: Operation) {
        let value = operation.input.storeText
        var request = writes[operation.keyText]?[value] ?? RequestedWrite()
        // Of one that was written twice one may have had its effect.
        request.isPossible = request.isPossible || operation.outcome != .fail
        request.since = min(request.since, operation.callTime)
        writes[operation.keyText, default: [:]][value] = request
    }

    /// Why a store can't hold a value by a time; nil if it can.
    func flaw(of value: String, key: String, by time: Instant) -> String? {
        guard let request = writes[key]?[value] else { return "which no client wrote" }
        guard request.isPossible else { return "though the writing of it had failed" }
        return request.since <= time ? nil : "before any client had begun to write it"
    }

    /// What nodes noted to have taken from clients that had not asked for it.
    ///
    /// Nothing can be said of a store that clients use as another object.
    func unasked(_ timeline: StoreTimeline) -> [Anomaly] {
        guard !writes.isEmpty || !deletions.isEmpty else { return [] }
        var anomalies: [Anomaly] = []
        for key in timeline.keys {
            for update in key.updates {
                guard let value = update.value,
                    let flaw = flaw(of: value, key: key.name, by: update.time)
                else { continue }
                anomalies.append(anomaly(update, of: key, flaw))
            }
            let noted = key.updates.filter { $0.value == nil }.sorted { $0.time < $1.time }
            let asked = (deletions[key.name] ?? []).sorted()
            // The first one needs one that was asked for before it, the second two, and so on.
            for (place, update) in noted.enumerated()
            where place >= asked.count || asked[place] > update.time {
                anomalies.append(anomaly(update, of: key, "which no client asked for with success"))
                break
            }
        }
        return anomalies
    }

    private func anomaly(
        _ update: StoreTimeline.Update, of key: StoreTimeline.Key, _ flaw: String
    ) -> Anomaly {
        Anomaly(
            kind: .phantom,
            explanation: "\(update.node) stored \(update.words) of key \(key.name), \(flaw)",
            theme: .write(.init(key: key.name, stamp: update.stamp)))
    }
}
