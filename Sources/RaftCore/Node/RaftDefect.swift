/// A known bug that can be put back, to see whether it is found.
public enum RaftDefect: String, Hashable, Sendable, CaseIterable {
    /// A node that believes it leads answers reads from its own state at once, and goes on
    /// believing until it sees a larger term.
    case staleReads = "stale-reads"
    /// Log entries are acknowledged at once and made durable once a second.
    case noFsync = "no-fsync"

    fileprivate var bit: UInt64 {
        switch self {
        case .staleReads: 1 << 0
        case .noFsync: 1 << 1
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
