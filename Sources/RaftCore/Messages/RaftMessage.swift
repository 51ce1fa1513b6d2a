/// What one node tells another.
public enum RaftMessage: Hashable, Sendable {
    /// Asks for a vote, or whether it would be given.
    case requestVote(RequestVote)
    /// Gives or refuses a vote.
    case voteReply(VoteReply)
    /// Replicates entries, and says that the leader lives.
    case appendEntries(AppendEntries)
    /// Says how far the log matches the leader's.
    case appendReply(AppendReply)
}

/// A candidate's question (§5.2, §5.4.1), or a pre-candidate's (thesis §9.6).
public struct RequestVote: Hashable, Sendable {
    /// The term that the vote is for; a pre-candidate has not entered it yet.
    public var term: Term
    /// Whether this only asks if the vote would be given.
    public var isPreVote: Bool
    /// The index of the candidate's last entry, committed or not.
    public var lastIndex: LogIndex
    /// The term of the candidate's last entry.
    public var lastTerm: Term

    /// Makes a request; see the properties.
    public init(term: Term, isPreVote: Bool, lastIndex: LogIndex, lastTerm: Term) {
        self.term = term
        self.isPreVote = isPreVote
        self.lastIndex = lastIndex
        self.lastTerm = lastTerm
    }
}

/// A voter's answer.
public struct VoteReply: Hashable, Sendable {
    /// The voter's own term.
    public var term: Term
    /// The term that the vote was asked for.
    public var electionTerm: Term
    /// Whether a pre-vote was asked for.
    public var isPreVote: Bool
    /// Whether the vote is given.
    public var granted: Bool

    /// Makes a reply; see the properties.
    public init(term: Term, electionTerm: Term, isPreVote: Bool, granted: Bool) {
        self.term = term
        self.electionTerm = electionTerm
        self.isPreVote = isPreVote
        self.granted = granted
    }
}

/// A leader's entries, or none: then it is a heartbeat (§5.3).
public struct AppendEntries: Hashable, Sendable {
    /// The leader's term.
    public var term: Term
    /// The index before the first entry.
    public var previousIndex: LogIndex
    /// The term of the entry there.
    public var previousTerm: Term
    /// What follows it in the leader's log.
    public var entries: [LogEntry]
    /// The leader's commit index.
    public var commitIndex: LogIndex
    /// The leader's latest round of confirming that it still leads, for reads.
    public var round: UInt64

    /// Makes a message; see the properties.
    public init(
        term: Term, previousIndex: LogIndex, previousTerm: Term, entries: [LogEntry],
        commitIndex: LogIndex, round: UInt64
    ) {
        self.term = term
        self.previousIndex = previousIndex
        self.previousTerm = previousTerm
        self.entries = entries
        self.commitIndex = commitIndex
        self.round = round
    }
}

/// A follower's answer to `AppendEntries`.
public struct AppendReply: Hashable, Sendable {
    /// Whether the logs agree where the entries begin.
    public enum Outcome: Hashable, Sendable {
        /// The follower's log is durable and equal to the leader's up to this index.
        case accepted(match: LogIndex)
        /// The follower has no such entry at `previous`.
        ///
        /// It has another one there, of the term `conflict`, whose first entry is at `retry`;
        /// or, with `conflict` nil, its log ends before `retry`.
        case rejected(previous: LogIndex, conflict: Term?, retry: LogIndex)
    }

    /// The follower's term.
    public var term: Term
    /// How far the logs agree.
    public var outcome: Outcome
    /// The round of the message that is answered.
    public var round: UInt64

    /// Makes a reply; see the properties.
    public init(term: Term, outcome: Outcome, round: UInt64) {
        self.term = term
        self.outcome = outcome
        self.round = round
    }
}
