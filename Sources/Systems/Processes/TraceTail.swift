internal import Foundation
internal import HistoryModel
internal import Vocabulary

/// Follows the trace file of one node while the node writes it.
struct TraceTail {
    private let node: NodeID
    private let path: String
    private let clock: RunClock
    private var offset: UInt64 = 0
    /// How often in a row the file could not be read.
    ///
    /// One error may pass, and nothing is lost: the next look begins at the same place. The second in
    /// a row is told.
    private var failures = 0

    init(of node: NodeID, path: String, clock: RunClock) {
        self.node = node
        self.path = path
        self.clock = clock
    }

    /// Whether the last look failed, so that there may be more.
    var isBehind: Bool { failures > 0 }

    /// The events that were written since the last call.
    ///
    /// A line that is not whole yet is left for the next time. Lines that make no sense become one
    /// event that counts them.
    mutating func next() -> [NodeTraceEvent] {
        let data: Data
        do {
            data = try read()
            failures = 0
        } catch {
            failures += 1
            return failures == 2 ? [gap("its trace can't be read: \(error)")] : []
        }
        guard let end = data.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        let whole = data[...end]
        offset += UInt64(whole.count)
        var reader = TraceLineReader(Array(whole))
        var events: [NodeTraceEvent] = []
        while var event = reader.next() {
            event.time = clock.instant(monotonic: event.time.nanoseconds)
            events.append(event)
        }
        if reader.unreadable > 0 {
            let lines = reader.unreadable == 1 ? "1 line" : "\(reader.unreadable) lines"
            events.append(gap("\(lines) of its trace"))
        }
        return events
    }

    private func gap(_ what: String) -> NodeTraceEvent {
        NodeTraceEvent(
            time: clock.now(), node: node, name: RunRecord.traceUnreadable, detail: what)
    }

    private func read() throws -> Data {
        // The file appears when the node starts.
        guard FileManager.default.fileExists(atPath: path) else { return Data() }
        let file = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? file.close() }
        try file.seek(toOffset: offset)
        return try file.readToEnd() ?? Data()
    }
}
