public import Vocabulary

/// The part of a node's promises that is written as one atomic record (Figure 2).
public struct HardState: Hashable, Sendable {
    /// The latest term that the node has seen.
    public var term: Term
    /// Whom it voted for in that term.
    public var vote: NodeID?

    /// Makes a record; that of a new node by default.
    public init(term: Term = .zero, vote: NodeID? = nil) {
        self.term = term
        self.vote = vote
    }
}

/// Everything that a node must find again after a crash.
public struct RaftDurableState: Hashable, Sendable {
    /// The term and the vote.
    public var hardState: HardState
    /// The log.
    public var log: RaftLog

    /// Makes a state; that of a new node by default.
    public init(hardState: HardState = HardState(), log: RaftLog = RaftLog()) {
        self.hardState = hardState
        self.log = log
    }
}
