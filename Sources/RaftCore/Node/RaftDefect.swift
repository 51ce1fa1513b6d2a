/// A known bug that can be put back, to see whether it is found.
public enum RaftDefect: String, Hashable, Sendable, CaseIterable {
    /// A node that believes it leads answers reads from its own state at once, and goes on
    /// believing until it sees a larger term.
    case staleReads = "stale-reads"
    /// Log entries are acknowledged at once and made durable once a second.
    case noFsync = "no-fsync"
    /// A leader commits whatever a majority has stored, also entries of older terms (Figure 8).
    ///
    /// One entry per message makes it likely that such an entry commits before the leader's own.
    case figure8 = "figure-8"
    /// A voter compares the lengths of the logs, and not the terms of their last entries (§5.4.1).
    case upToDateByIndex = "up-to-date-by-index"
    /// A candidate counts whoever voted for it in any earlier election.
    case countOldVotes = "count-old-votes"
    /// A command that a client sends again is applied again (thesis §6.3).
    case noSessions = "no-sessions"
    /// A lock's fencing tokens are counted by the node that leads, since its start.
    case localTokens = "local-tokens"
    /// A leader turns an append into a write of the list that it has applied and the element.
    case readModifyWriteAppend = "read-modify-write-append"
    /// A leader hands out ids from its memory, without an entry in the log.
    case unloggedIDs = "unlogged-ids"

    fileprivate var bit: UInt64 {
        switch self {
        case .staleReads: 1 << 0
        case .noFsync: 1 << 1
        case .figure8: 1 << 2
        case .upToDateByIndex: 1 << 3
        case .countOldVotes: 1 << 4
        case .noSessions: 1 << 5
        case .localTokens: 1 << 6
        case .readModifyWriteAppend: 1 << 7
        case .unloggedIDs: 1 << 8
        }
    }
}

/// The defects of one node; none by default.
public struct RaftDefects: Hashable, Sendable, ExpressibleByArrayLiteral {
    private var bits: UInt64 = 0

    /// Makes the set of these defects.
    public init(_ defects: some Sequence<RaftDefect>) {
        for defect in defects { bits |= defect.bit }
    }

    /// Makes the set of these defects.
    public init(arrayLiteral defects: RaftDefect...) { self.init(defects) }

    /// Whether the node has this defect.
    public func contains(_ defect: RaftDefect) -> Bool { bits & defect.bit != 0 }
}
