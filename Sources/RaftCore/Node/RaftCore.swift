public import Vocabulary

/// One Raft node as a value: all that decides, and nothing that acts.
///
/// The shell feeds it events and carries out its effects in the order given. It never waits: what
/// takes time (disk, network) is an effect, and comes back as an event.
///
/// Two rules keep promises durable. Nothing leaves the node (message, response or trace) while a
/// term or vote that it could reveal is not on disk yet; such effects are held and follow later
/// in their order. And an entry counts as stored, by the follower that acknowledges it as by
/// the leader that counts itself, when the sync that covers it has completed. Replication and the
/// leader's own disk work go on side by side.
///
/// Source: Raft (Ongaro & Ousterhout 2014; thesis 2014). Pre-vote (thesis §9.6) comes together with
/// check-quorum (§6.2): a leader that hears from no majority steps down, and voters that hear from
/// a leader refuse others.
public struct RaftCore: Sendable {
    /// What a node is at a time (§5.1).
    public enum Role: Hashable, Sendable {
        /// Follows a leader, or waits for one.
        case follower
        /// Asks whether it would be elected.
        case preCandidate
        /// Stands for election.
        case candidate
        /// Leads.
        case leader
    }

    /// What the node was told at the start.
    public let configuration: RaftConfiguration
    /// What the node is.
    public internal(set) var role = Role.follower
    /// The latest term that the node has seen.
    public internal(set) var term: Term
    /// Whom the node voted for in this term.
    public internal(set) var vote: NodeID?
    /// The leader of this term, once it is known.
    public internal(set) var leader: NodeID?
    /// The entries.
    public internal(set) var log: RaftLog
    /// The last entry that the node knows to be committed; it is applied as well.
    public internal(set) var commitIndex = LogIndex.zero
    /// What the committed entries amount to.
    public internal(set) var machine: StateMachine

    /// The time of the current step.
    var now = Instant.zero
    /// The effects of the current step.
    var outbox: [RaftEffect] = []
    var random: TimedRandom
    var persistence: RaftPersistence

    /// When the node stops waiting for a leader.
    var electionDeadline = Instant.distantFuture
    /// When the node last heard from the leader of its term.
    var leaderHeardAt: Instant?
    /// Who gave this candidate or pre-candidate a vote.
    var votes: [NodeID] = []
    /// Who ever voted for this node; known only with the defect `count-old-votes`.
    var oldVotes: [NodeID] = []
    /// What the node counts outside the log; only with the defects of `RaftCore+ObjectDefects`.
    var unlogged = UnloggedNumbers()
    /// The acknowledgement that waits for the log's sync.
    var waitingAcknowledgement: WaitingAcknowledgement?
    /// What only a leader knows.
    var leadership: Leadership

    /// Makes a node from what it finds on its disk.
    ///
    /// - Parameters:
    ///   - configuration: Who the node is and how it behaves.
    ///   - state: What the earlier incarnations stored.
    ///   - seed: The source of all its randomness; each incarnation draws other numbers from it.
    public init(
        configuration: RaftConfiguration, state: RaftDurableState = RaftDurableState(), seed: Seed
    ) {
        self.configuration = configuration
        term = state.hardState.term
        vote = state.hardState.vote
        log = state.log
        machine = StateMachine(
            sessionsMax: configuration.sessionsMax,
            appliesCopies: configuration.defects.contains(.noSessions))
        random = TimedRandom(seed, "raft \(configuration.id) \(configuration.incarnation)")
        persistence = RaftPersistence(syncedIndex: state.log.lastIndex)
        leadership = Leadership(configuration: configuration)
    }

    /// The node itself.
    public var id: NodeID { configuration.id }

    /// When the node wants its next `tick`, if nothing else happens before.
    public var nextDeadline: Instant {
        let deadline = role == .leader ? leadership.heartbeatDeadline : electionDeadline
        return min(deadline, persistence.lazySyncDeadline)
    }

    /// Takes in one event and adds to `effects` what is to be done.
    ///
    /// - Parameters:
    ///   - event: What happened.
    ///   - now: The time, which never goes back.
    ///   - effects: Receives the effects, to be carried out in their order.
    public mutating func step(
        _ event: RaftEvent, now: Instant, effects: inout [RaftEffect]
    ) {
        self.now = now
        swap(&outbox, &effects)
        switch event {
        case .start: start()
        case .received(let message, let sender): receive(message, from: sender)
        case .requested(let request, let id): accept(request, id: id)
        case .tick: tick()
        case .hardStateSynced(let token): hardStateSynced(token)
        case .logSynced(let token): logSynced(token)
        }
        saveHardStateIfChanged()
        swap(&outbox, &effects)
    }

    private mutating func start() {
        trace(.started(term, incarnation: configuration.incarnation, last: log.last))
        resetElectionDeadline()
    }

    private mutating func tick() {
        if now >= persistence.lazySyncDeadline { requestSync() }
        if role == .leader {
            if now >= leadership.heartbeatDeadline { heartbeat() }
        } else if now >= electionDeadline {
            askForPreVotes()
        }
    }

    private mutating func receive(_ message: RaftMessage, from sender: NodeID) {
        guard sender != id, configuration.membership.contains(sender) else { return }
        switch message {
        case .requestVote(let request): receive(request, from: sender)
        case .voteReply(let reply): receive(reply, from: sender)
        case .appendEntries(let message): receive(message, from: sender)
        case .appendReply(let reply): receive(reply, from: sender)
        }
    }
}
