import HistoryModel
import Vocabulary

/// What a gossip node noted about one write, read from its trace.
///
/// The detail of such an event has words with one space between them: the writer, the key, and
/// then the value that was written or the node that the write came from or went to.
struct StoreTrace {
    enum Kind {
        /// A client's write was taken.
        case written
        /// A write was found on the disk at the start.
        case recovered
        /// A write of another node was taken.
        case applied
        /// Another node was sent a write.
        case told
        /// A tombstone was removed.
        case collected
    }

    var kind: Kind
    var time: Instant
    var node: NodeID
    var key: String
    var stamp: WriteVersion
    var hash: UInt64
    /// What was written; nil if the key was deleted, or the event says nothing of it.
    var value: String?

    init?(_ event: NodeTraceEvent) {
        switch event.name {
        case "written", "deleted": kind = .written
        case "recovered", "recovered-deleted": kind = .recovered
        case "applied", "buried": kind = .applied
        case "told": kind = .told
        case "collected": kind = .collected
        default: return nil
        }
        guard let version = event.index, let detail = event.detail?.utf8,
            let afterWriter = detail.firstIndex(of: UInt8(ascii: " ")),
            let (writer, generation) = Self.writer(detail[..<afterWriter])
        else { return nil }
        let rest = detail[detail.index(after: afterWriter)...]
        let keyEnd = rest.firstIndex(of: UInt8(ascii: " ")) ?? rest.endIndex
        time = event.time
        node = event.node
        key = String(Substring(rest[..<keyEnd]))
        stamp = WriteVersion(version: version, writer: writer, generation: generation)
        hash = event.hash ?? 0
        if event.name == "written" || event.name == "recovered" {
            value =
                keyEnd < rest.endIndex
                ? String(Substring(rest[rest.index(after: keyEnd)...])) : ""
        }
    }

    /// Reads `n3`, or `n3/2` for the second life.
    static func writer(_ text: Substring.UTF8View) -> (NodeID, generation: Int)? {
        guard text.first == UInt8(ascii: "n") else { return nil }
        var numbers = [0]
        for byte in text.dropFirst() {
            if byte == UInt8(ascii: "/") {
                numbers.append(0)
            } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                let (tens, isTooLarge) = numbers[numbers.count - 1]
                    .multipliedReportingOverflow(by: 10)
                let (number, isLarger) = tens.addingReportingOverflow(
                    Int(byte - UInt8(ascii: "0")))
                guard !isTooLarge, !isLarger else { return nil }
                numbers[numbers.count - 1] = number
            } else {
                return nil
            }
        }
        return (NodeID(numbers[0]), numbers.count > 1 ? numbers[1] : 1)
    }
}
