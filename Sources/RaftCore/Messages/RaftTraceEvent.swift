public import Vocabulary

/// A state transition of a node, for the invariants that are read from traces.
///
/// No event tells of a term or a vote that is not durable yet, so terms never fall from event to
/// event of one node, restarts included.
public enum RaftTraceEvent: Hashable, Sendable {
    /// Why a leader ceased to lead.
    public enum Reason: String, Hashable, Sendable {
        /// It saw a larger term.
        case largerTerm = "larger term"
        /// It did not hear from a majority within an election timeout.
        case noQuorum = "no quorum"
    }

    /// The node runs, for the `incarnation`-th time, with a log that ends at `last`.
    case started(Term, incarnation: Int, last: LogPosition)
    /// The node follows `leader`, or nobody yet.
    case follower(Term, leader: NodeID?)
    /// The node asks whether it would be elected.
    case preCandidate(Term)
    /// The node stands for election.
    case candidate(Term)
    /// The node was elected with a log that ends at `last`.
    case leader(Term, last: LogPosition)
    /// The first entry of the leader's own term is committed.
    case leaderReady(Term, LogIndex)
    /// The node gave its vote.
    case voted(Term, for: NodeID)
    /// The node added entries to its log (not durable yet), the last one at `last`.
    case appended(Term, count: Int, last: LogPosition)
    /// The node removed the entries from an index on.
    case truncated(Term, from: LogIndex)
    /// The node knows that everything up to a position is committed, and has applied it.
    case committed(Term, LogPosition)
    /// A leader leads no more.
    case steppedDown(Term, Reason)
}

extension RaftTraceEvent {
    /// The event's name in trace files.
    public var name: String {
        switch self {
        case .started: "started"
        case .follower: "follower"
        case .preCandidate: "pre-candidate"
        case .candidate: "candidate"
        case .leader: "leader"
        case .leaderReady: "leader-ready"
        case .voted: "voted"
        case .appended: "appended"
        case .truncated: "truncated"
        case .committed: "committed"
        case .steppedDown: "stepped-down"
        }
    }

    /// The node's term.
    public var term: Term {
        switch self {
        case .started(let term, _, _), .follower(let term, _), .preCandidate(let term),
            .candidate(let term), .leader(let term, _), .leaderReady(let term, _),
            .voted(let term, _), .appended(let term, _, _), .truncated(let term, _),
            .committed(let term, _), .steppedDown(let term, _):
            term
        }
    }

    /// The log index that the event is about.
    public var index: LogIndex? {
        switch self {
        case .leaderReady(_, let index), .truncated(_, let index): index
        default: position?.index
        }
    }

    /// The position that the event is about, with its term and rolling hash.
    public var position: LogPosition? {
        switch self {
        case .started(_, _, let last), .leader(_, let last), .appended(_, _, let last): last
        case .committed(_, let position): position
        default: nil
        }
    }

    /// How many entries the event is about, of which the last is at `index`.
    public var count: Int? {
        if case .appended(_, let count, _) = self { count } else { nil }
    }

    /// Whatever else there is to know.
    public var detail: String? {
        switch self {
        case .started(_, let incarnation, _): "incarnation \(incarnation)"
        case .follower(_, let leader): leader.map { "of \($0)" }
        case .voted(_, let candidate): "for \(candidate)"
        case .steppedDown(_, let reason): reason.rawValue
        default: nil
        }
    }
}
