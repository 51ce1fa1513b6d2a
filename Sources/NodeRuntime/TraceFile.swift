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
/// - `name`: `started`, `follower`, `pre-candidate`, `candidate`, `voted`, `leader`,
///   `leader-ready`, `stepped-down`, `appended`, `truncated` or `committed`; see `RaftTraceEvent`.
/// - `term`: the node's term.
/// - `index`, if the event is about a place in the log.
/// - `hash`, the rolling hash of the log up to `index`, in 16 hexadecimal digits.
/// - `entryTerm`, the term of the entry at `index`; it comes with every `hash`.
/// - `count`, of `appended`: how many entries there are, the last one at `index`.
/// - `detail`, a text for people: `incarnation 2`, `of n1`, `for n3`, `no quorum`.
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
        var line = "{\"t\":\(now.nanoseconds),\"node\":\(node.rawValue),\"name\":\"\(event.name)\""
        line += ",\"term\":\(event.term.rawValue)"
        if let index = event.index { line += ",\"index\":\(index.rawValue)" }
        if let position = event.position {
            let digits = String(position.hash, radix: 16)
            let hash = String(repeating: "0", count: 16 - digits.count) + digits
            line += ",\"hash\":\"\(hash)\",\"entryTerm\":\(position.term.rawValue)"
        }
        if let count = event.count { line += ",\"count\":\(count)" }
        if let detail = event.detail { line += ",\"detail\":\"\(detail)\"" }
        lines.append(contentsOf: (line + "}\n").utf8)
    }

    /// Hands everything that was added to the kernel.
    mutating func flush() throws(StorageError) {
        guard !lines.isEmpty else { return }
        try file.append(lines)
        lines.removeAll(keepingCapacity: true)
    }
}
