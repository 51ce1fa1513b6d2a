internal import Foundation
internal import HistoryModel
internal import Vocabulary

/// Follows the trace file of one node while the node writes it.
struct TraceTail {
    /// The name of the event for lines of a trace that make no sense.
    private static let unreadable = "unreadable"
    private let node: NodeID
    private let path: String
    private let clock: RunClock
    private var offset: UInt64 = 0

    init(of node: NodeID, path: String, clock: RunClock) {
        self.node = node
        self.path = path
        self.clock = clock
    }

    /// The events that were written since the last call.
    ///
    /// A line that is not whole yet is left for the next time. Lines that make no sense become one
    /// event that counts them.
    mutating func next() -> [NodeTraceEvent] {
        guard let data = read(), let end = data.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        let whole = data[...end]
        offset += UInt64(whole.count)
        var reader = TraceLineReader(Array(whole))
        var events: [NodeTraceEvent] = []
        while var event = reader.next() {
            event.time = clock.instant(monotonic: event.time.nanoseconds)
            events.append(event)
        }
        if reader.unreadable > 0 {
            events.append(
                NodeTraceEvent(
                    time: clock.now(), node: node, name: Self.unreadable,
                    detail: "\(reader.unreadable) lines of its trace"))
        }
        return events
    }

    private func read() -> Data? {
        // The file appears when the node starts.
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        do {
            try file.seek(toOffset: offset)
            return try file.readToEnd()
        } catch { return nil }
    }
}
