import RaftCore
import Vocabulary

/// Node 1 of a cluster, driven by hand; its disk is instant unless told otherwise.
struct ScriptedNode {
    var core: RaftCore
    var now = Instant.zero
    var diskIsInstant = true
    private(set) var waiting: [RaftEvent] = []

    /// Makes a node whose log is given by the term of each entry; all are no-ops.
    init(
        voters: Int = 3, term: Int = 0, vote: NodeID? = nil, log: [Int] = [],
        change: (inout RaftConfiguration) -> Void = { _ in }
    ) {
        var configuration = RaftConfiguration(
            id: NodeID(1), membership: Membership(voters: (1...voters).map { NodeID($0) }))
        change(&configuration)
        let entries = log.map { LogEntry(term: Term($0), payload: .noOp) }
        let state = RaftDurableState(
            hardState: HardState(term: Term(term), vote: vote), log: RaftLog(entries: entries))
        core = RaftCore(configuration: configuration, state: state, seed: Seed(1))
        step(.start)
    }

    /// Feeds an event, and the completions of an instant disk; returns everything but disk work
    /// that was completed at once.
    @discardableResult
    mutating func step(_ event: RaftEvent) -> [RaftEffect] {
        var effects: [RaftEffect] = []
        core.step(event, now: now, effects: &effects)
        waiting += effects.compactMap(completion)
        return diskIsInstant ? effects + completeDisk() : effects
    }

    /// Completes the disk work that was asked for, or the first `count` pieces of it.
    @discardableResult
    mutating func completeDisk(upTo count: Int = .max) -> [RaftEffect] {
        let events = waiting.prefix(count)
        waiting.removeFirst(events.count)
        return events.flatMap { step($0) }
    }

    private func completion(of effect: RaftEffect) -> RaftEvent? {
        switch effect {
        case .saveHardState(_, let token): .hardStateSynced(token)
        case .syncLog(let token): .logSynced(token)
        default: nil
        }
    }

    @discardableResult
    mutating func receive(_ message: RaftMessage, from node: Int) -> [RaftEffect] {
        step(.received(message, from: NodeID(node)))
    }

    /// Lets the time pass to the node's deadline.
    @discardableResult
    mutating func tick() -> [RaftEffect] {
        now = max(now, core.nextDeadline)
        return step(.tick)
    }

    @discardableResult
    mutating func request(_ request: ClientRequest, _ id: UInt64) -> [RaftEffect] {
        step(.requested(request, id: RequestID(id)))
    }

    /// Wins an election with the votes of all others.
    mutating func winElection() {
        tick()
        for isPreVote in [true, false] {
            let electionTerm = isPreVote ? core.term.next : core.term
            for node in others {
                let reply = VoteReply(
                    term: core.term, electionTerm: electionTerm, isPreVote: isPreVote, granted: true
                )
                step(.received(.voteReply(reply), from: node))
            }
        }
    }

    var others: [NodeID] { core.configuration.membership.voters.filter { $0 != core.id } }

    /// A follower says how far its log matches.
    @discardableResult
    mutating func acknowledge(_ match: Int, from node: Int, round: UInt64 = 0) -> [RaftEffect] {
        let reply = AppendReply(
            term: core.term, outcome: .accepted(match: LogIndex(match)), round: round)
        return receive(.appendReply(reply), from: node)
    }
}

extension RaftMessage {
    static func append(
        term: Int, after previous: Int, _ previousTerm: Int, _ terms: [Int] = [],
        commit: Int = 0, round: UInt64 = 0
    ) -> RaftMessage {
        .appendEntries(
            AppendEntries(
                term: Term(term), previousIndex: LogIndex(previous),
                previousTerm: Term(previousTerm),
                entries: terms.map { LogEntry(term: Term($0), payload: .noOp) },
                commitIndex: LogIndex(commit), round: round))
    }

    static func vote(
        term: Int, last: Int, _ lastTerm: Int, isPreVote: Bool = false
    ) -> RaftMessage {
        .requestVote(
            RequestVote(
                term: Term(term), isPreVote: isPreVote, lastIndex: LogIndex(last),
                lastTerm: Term(lastTerm)))
    }
}

extension [RaftEffect] {
    /// What leaves for other nodes and clients, as text.
    var sent: [String] {
        filter {
            switch $0 {
            case .send, .respond: true
            default: false
            }
        }.map(Transcript.line)
    }
}
