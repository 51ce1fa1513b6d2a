public import Vocabulary

/// A state transition of a node, for the checker of convergence.
///
/// No event tells of a write that is not durable yet.
public enum GossipTraceEvent: Hashable, Sendable {
    /// The node runs, for the `incarnation`-th time, with so many entries.
    case started(incarnation: Int, entries: Int)
    /// The node found a write on its disk when it started; it may have had no time to note it before.
    case recovered(Entry, hash: UInt64)
    /// The node took a write from a client.
    case written(Entry, hash: UInt64)
    /// The node took a write from another node.
    case applied(key: String, Stamp, isTombstone: Bool, hash: UInt64, from: NodeID)
    /// The node sent a write to another node.
    case told(key: String, Stamp, to: NodeID)
    /// The node removed a tombstone.
    case collected(key: String, Stamp)
    /// What the node holds, tombstones apart: the sum of the entries' hashes and their number.
    case state(hash: UInt64, entries: Int)
    /// Up to which version the node takes itself for complete in each writer's writes.
    case complete([Maximum])
    /// What the node has sent since it started, and what it was sent needlessly.
    case traffic(Traffic)
    /// The node refused something.
    case refused(Refusal, from: NodeID?)
}

/// What a node sent and received since it started.
public struct Traffic: Hashable, Sendable {
    /// Messages sent.
    public var messages = 0
    /// Bytes sent, by the upper bound of each message.
    public var bytes = 0
    /// Entries received.
    public var entries = 0
    /// Those among them that the node had already, or had better.
    public var needless = 0
    /// What was refused.
    public var refused = 0

    /// Makes the traffic of a node that has sent nothing yet.
    public init() {}
}

extension GossipTraceEvent {
    /// The event's name in trace files.
    ///
    /// A delete is `deleted` where it was made and `buried` where it arrived.
    public var name: String {
        switch self {
        case .started: "started"
        case .recovered(let entry, _): entry.isTombstone ? "recovered-deleted" : "recovered"
        case .written(let entry, _): entry.isTombstone ? "deleted" : "written"
        case .applied(_, _, let isTombstone, _, _): isTombstone ? "buried" : "applied"
        case .told: "told"
        case .collected: "collected"
        case .state: "state"
        case .complete: "complete"
        case .traffic: "traffic"
        case .refused: "refused"
        }
    }

    /// The version that the event is about, or the number of entries of a state.
    public var index: Int? {
        switch self {
        case .started(_, let entries), .state(_, let entries): entries
        case .written(let entry, _), .recovered(let entry, _): Int(clamping: entry.stamp.version)
        case .applied(_, let stamp, _, _, _), .told(_, let stamp, _), .collected(_, let stamp):
            Int(clamping: stamp.version)
        case .complete, .traffic, .refused: nil
        }
    }

    /// The hash of the entry, or of the state.
    public var hash: UInt64? {
        switch self {
        case .written(_, let hash), .recovered(_, let hash), .applied(_, _, _, let hash, _),
            .state(let hash, _):
            hash
        default: nil
        }
    }

    /// Words with one space between them: the writer, the key, and then the value that was written, the
    /// node it came from, or the node it went to.
    ///
    /// Keys hold no white space, so only the value at the end can.
    public var detail: String? {
        switch self {
        case .started(let incarnation, _): "incarnation \(incarnation)"
        case .written(let entry, _), .recovered(let entry, _):
            "\(entry.stamp.writer) \(entry.key)" + (entry.value.map { " \($0)" } ?? "")
        case .applied(let key, let stamp, _, _, let source): "\(stamp.writer) \(key) \(source)"
        case .told(let key, let stamp, let receiver): "\(stamp.writer) \(key) \(receiver)"
        case .collected(let key, let stamp): "\(stamp.writer) \(key)"
        case .state: nil
        case .complete(let maxima):
            maxima.map { "\($0.writer) \($0.version)" }.joined(separator: " ")
        case .traffic(let traffic):
            "messages \(traffic.messages) bytes \(traffic.bytes) entries \(traffic.entries) "
                + "needless \(traffic.needless) refused \(traffic.refused)"
        case .refused(let refusal, let source): "\(refusal)" + (source.map { " \($0)" } ?? "")
        }
    }
}
