import Checkers
import GossipCore
import HistoryModel
import Vocabulary

/// Keeps of a simulated run what a real one would leave behind.
struct RunRecorder {
    private(set) var record = RunRecord(history: History())
    private var open: [RequestID: Event] = [:]

    mutating func invoked(
        _ id: RequestID, _ function: Function, _ key: String, _ value: String?, at now: Instant,
        by node: Int
    ) {
        // A process of its own for each request: none waits for the other's answer.
        let event = Event(
            index: record.history.events.count, time: now,
            process: ProcessID(Int(id.rawValue)), type: .invoke, function: function,
            key: .text(key), value: value.map { .text($0) } ?? .null, node: NodeID(node + 1))
        open[id] = event
        record.history.events.append(event)
    }

    mutating func completed(
        _ id: RequestID, _ response: ClientResponse, at now: Instant, by node: Int
    ) {
        guard var event = open.removeValue(forKey: id) else { return }
        event.index = record.history.events.count
        event.time = now
        event.type = .ok
        if case .value(let value, _) = response { event.value = value.map { .text($0) } ?? .null }
        if case .refused = response { event.type = .fail }
        record.history.events.append(event)
    }

    mutating func note(_ event: GossipTraceEvent, at now: Instant, by node: Int) {
        record.traces.append(
            NodeTraceEvent(
                time: now, node: NodeID(node + 1), name: event.name, index: event.index,
                hash: event.hash, detail: event.detail))
    }

    mutating func faulted(at now: Instant) {
        record.faults.append(
            FaultRecord(
                id: record.faults.count + 1, kind: "drawn", summary: "", nodes: [], start: now,
                touchedUnit: "messages"))
    }

    mutating func healed(at now: Instant) {
        guard let last = record.faults.indices.last, record.faults[last].end == nil else { return }
        record.faults[last].end = now
    }
}
