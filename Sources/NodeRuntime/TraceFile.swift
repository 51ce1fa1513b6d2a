import GossipCore
import RaftCore
import Vocabulary

/// The file in which a node notes its state transitions, for whoever watches or judges the run.
///
/// One JSON object a line, appended, in the order of the events:
///
///     {"t":812739128371,"node":1,"name":"committed","term":3,"index":17,"hash":"00c0ffee00c0ffee"}
///
/// - `t`: the machine's monotonic clock (`CLOCK_MONOTONIC`) in nanoseconds.
/// - `node`: the node's number.
/// - `name`, of a Raft node: `started`, `follower`, `pre-candidate`, `candidate`, `voted`, `leader`,
///   `leader-ready`, `stepped-down`, `appended`, `truncated` or `committed`; see `RaftTraceEvent`.
///   Of a gossip node: see `GossipTraceEvent` and `MemberUpdate`.
/// - `term`: the term of a Raft node.
/// - `index`, if the event is about a place in the log, a version, or a number of entries.
/// - `hash`, the rolling hash of the log up to `index`, or that of an entry or a store, in 16 hexadecimal
///   digits.
/// - `entryTerm`, the term of the entry at `index`; it comes with every `hash` of a log.
/// - `count`, of `appended`: how many entries there are, the last one at `index`.
/// - `detail`, a text: `incarnation 2`, `of n1`, `for n3`, `no quorum`.
///
/// Lines are handed to the kernel before anything they tell of leaves the node, so killing the
/// process loses none.
struct TraceFile: Sendable {
    private let file: PosixFile
    private let node: NodeID
    private var lines: [UInt8] = []

    /// Opens the file of a node, and makes it if it is missing.
    init(path: String, node: NodeID) throws(StorageError) {
        file = try PosixFile(appendingTo: path)
        self.node = node
    }

    mutating func add(_ event: RaftTraceEvent, at now: Instant) {
        begin(event.name, at: now)
        add("term", event.term.rawValue)
        if let index = event.index { add("index", index.rawValue) }
        if let position = event.position {
            add("hash", hexadecimal: position.hash)
            add("entryTerm", position.term.rawValue)
        }
        if let count = event.count { add("count", count) }
        if let detail = event.detail { add("detail", text: detail) }
        end()
    }

    mutating func add(_ event: GossipTraceEvent, at now: Instant) {
        begin(event.name, at: now)
        if let index = event.index { add("index", index) }
        if let hash = event.hash { add("hash", hexadecimal: hash) }
        if let detail = event.detail { add("detail", text: detail) }
        end()
    }

    mutating func add(_ update: MemberUpdate, at now: Instant) {
        begin(MemberUpdate.traceName, at: now)
        add("index", Int(clamping: update.incarnation))
        add("detail", text: update.traceDetail)
        end()
    }

    // MARK: - JSON

    private mutating func begin(_ name: String, at now: Instant) {
        lines.append(
            contentsOf: "{\"t\":\(now.nanoseconds),\"node\":\(node.rawValue),\"name\":\"\(name)\""
                .utf8)
    }

    private mutating func add(_ name: String, _ number: Int) {
        lines.append(contentsOf: ",\"\(name)\":\(number)".utf8)
    }

    private mutating func add(_ name: String, hexadecimal number: UInt64) {
        let digits = String(number, radix: 16)
        let padded = String(repeating: "0", count: 16 - digits.count) + digits
        lines.append(contentsOf: ",\"\(name)\":\"\(padded)\"".utf8)
    }

    private mutating func add(_ name: String, text: String) {
        lines.append(contentsOf: ",\"\(name)\":\"".utf8)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                lines += [UInt8(ascii: "\\"), byte]
            case ..<0x20:
                let digits = String(byte, radix: 16)
                lines.append(contentsOf: (byte < 0x10 ? "\\u000" : "\\u00").utf8)
                lines.append(contentsOf: digits.utf8)
            default: lines.append(byte)
            }
        }
        lines.append(UInt8(ascii: "\""))
    }

    private mutating func end() { lines.append(contentsOf: "}\n".utf8) }

    /// Hands everything that was added to the kernel.
    mutating func flush() throws(StorageError) {
        guard !lines.isEmpty else { return }
        try file.append(lines)
        lines.removeAll(keepingCapacity: true)
    }
}
