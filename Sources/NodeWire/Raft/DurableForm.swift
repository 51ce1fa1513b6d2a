public import RaftCore
import Vocabulary

/// A change of the log as it is written to disk.
public enum LogChange: Hashable, Sendable {
    /// Entries, the first one at this index.
    case append(at: LogIndex, [LogEntry])
    /// The entries from this index on are removed.
    case truncate(from: LogIndex)
}

/// The payloads of records on disk, as protobuf messages of `Protos/node.proto`.
public enum DurableForm {
    /// The bytes of all changes that one sync makes durable together.
    public static func encode(_ changes: [LogChange]) -> [UInt8] {
        var batch = WireLogBatch()
        batch.changes = changes.map(WireLogChange.init)
        return encoded(batch)
    }

    /// The changes of one sync.
    public static func decodeChanges(_ bytes: [UInt8]) throws(FrameError) -> [LogChange] {
        let batch: WireLogBatch = try decoded(bytes, "log batch")
        return try batch.changes.map { (change) throws(FrameError) in try LogChange(change) }
    }

    /// The bytes of a hard state, with the number of times the node was started.
    public static func encode(_ state: HardState, incarnation: Int) -> [UInt8] {
        var wire = WireHardState()
        wire.term = UInt64(state.term)
        wire.incarnation = UInt64(incarnation)
        if let vote = state.vote { wire.vote = UInt32(vote.rawValue) }
        return encoded(wire)
    }

    /// The hard state, and the number of times the node was started.
    public static func decodeHardState(
        _ bytes: [UInt8]
    ) throws(FrameError) -> (state: HardState, incarnation: Int) {
        let wire: WireHardState = try decoded(bytes, "hard state")
        let state = HardState(
            term: Term(try integer(wire.term, "term")),
            vote: wire.hasVote ? NodeID(Int(wire.vote)) : nil)
        return (state, try integer(wire.incarnation, "incarnation"))
    }
}

extension WireLogChange {
    fileprivate init(_ change: LogChange) {
        switch change {
        case .append(let index, let entries):
            append.index = UInt64(index)
            append.entries = entries.map(WireEntry.init)
        case .truncate(let index):
            truncate = UInt64(index)
        }
    }
}

extension LogChange {
    fileprivate init(_ wire: WireLogChange) throws(FrameError) {
        switch wire.body {
        case .append(let append):
            self = .append(
                at: LogIndex(try integer(append.index, "index")),
                try append.entries.map { (entry) throws(FrameError) in try LogEntry(entry) })
        case .truncate(let index):
            self = .truncate(from: LogIndex(try integer(index, "index")))
        case nil:
            throw .malformed(field: "change")
        }
    }
}
