/// A promise of the protocol, in the order in which one broken promise leads to the next.
///
/// Source: Raft (Ongaro & Ousterhout 2014), Figure 3.
enum RaftInvariant: String, CaseIterable {
    /// A node gives one vote in a term, restarts included.
    case oneVote = "one-vote"
    /// A node's term never falls, restarts included.
    case monotonicTerm = "monotonic-term"
    /// A term has at most one leader.
    case electionSafety = "election-safety"
    /// A leader never removes entries of its log.
    case leaderAppendOnly = "leader-append-only"
    /// Logs with an entry of the same index and term are equal up to there.
    case logMatching = "log-matching"
    /// The leaders of later terms have what was committed.
    case leaderCompleteness = "leader-completeness"
    /// No two nodes apply different entries at one index.
    case stateMachineSafety = "state-machine-safety"

    /// Whether two lines of the traces prove a violation, whatever other lines are missing.
    var isProvenDespiteGaps: Bool { self == .electionSafety }
}

/// A promise that was broken, and how, as a sentence.
struct RaftViolation {
    var invariant: RaftInvariant
    var explanation: String
}
