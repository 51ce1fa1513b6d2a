internal import Foundation
internal import HistoryModel
internal import Vocabulary

/// Follows the trace file of one node while the node writes it.
///
/// Left out is what every batch of entries causes (`appended`, `committed`): thousands of lines a
/// second that stay in the file, for whoever wants them.
struct TraceTail {
    private struct Line: Decodable {
        var t: Int64
        var node: Int
        var name: String
        var term: Int?
        var index: Int?
        var hash: String?
        var detail: String?
    }

    private static let passedOver = ["\"name\":\"appended\"", "\"name\":\"committed\""]
    private let path: String
    private let clock: RunClock
    private var offset: UInt64 = 0

    init(path: String, clock: RunClock) {
        self.path = path
        self.clock = clock
    }

    /// The events that were written since the last call.
    ///
    /// A line that is not whole yet is left for the next time; one that makes no sense is skipped.
    mutating func next() -> [NodeTraceEvent] {
        guard let data = read() else { return [] }
        let whole = data.lastIndex(of: UInt8(ascii: "\n")).map { data[...$0] } ?? Data()
        offset += UInt64(whole.count)
        let decoder = JSONDecoder()
        return whole.split(separator: UInt8(ascii: "\n")).compactMap { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            guard !Self.passedOver.contains(where: text.contains) else { return nil }
            guard let line = try? decoder.decode(Line.self, from: Data(bytes)) else { return nil }
            return event(line)
        }
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

    private func event(_ line: Line) -> NodeTraceEvent {
        NodeTraceEvent(
            time: clock.instant(monotonic: line.t), node: NodeID(line.node), name: line.name,
            term: line.term, index: line.index,
            hash: line.hash.flatMap { UInt64($0, radix: 16) }, detail: line.detail)
    }
}
