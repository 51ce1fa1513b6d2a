import RaftCore
import Vocabulary

extension WirePeerMessage {
    init(_ message: RaftMessage, from: NodeID, to: NodeID) {
        self.from = UInt32(from.rawValue)
        self.to = UInt32(to.rawValue)
        switch message {
        case .requestVote(let request): requestVote = WireRequestVote(request)
        case .voteReply(let reply): voteReply = WireVoteReply(reply)
        case .appendEntries(let message): appendEntries = WireAppendEntries(message)
        case .appendReply(let reply): appendReply = WireAppendReply(reply)
        }
    }
}

extension RaftMessage {
    init(_ wire: WirePeerMessage) throws(FrameError) {
        switch wire.body {
        case .requestVote(let request): self = .requestVote(try RequestVote(request))
        case .voteReply(let reply): self = .voteReply(try VoteReply(reply))
        case .appendEntries(let message): self = .appendEntries(try AppendEntries(message))
        case .appendReply(let reply): self = .appendReply(try AppendReply(reply))
        case nil: throw .malformed(field: "peer message")
        }
    }
}

extension WireRequestVote {
    fileprivate init(_ request: RequestVote) {
        term = UInt64(request.term)
        isPreVote = request.isPreVote
        lastIndex = UInt64(request.lastIndex)
        lastTerm = UInt64(request.lastTerm)
    }
}

extension RequestVote {
    fileprivate init(_ wire: WireRequestVote) throws(FrameError) {
        self.init(
            term: Term(try integer(wire.term, "term")), isPreVote: wire.isPreVote,
            lastIndex: LogIndex(try integer(wire.lastIndex, "last index")),
            lastTerm: Term(try integer(wire.lastTerm, "last term")))
    }
}

extension WireVoteReply {
    fileprivate init(_ reply: VoteReply) {
        term = UInt64(reply.term)
        electionTerm = UInt64(reply.electionTerm)
        isPreVote = reply.isPreVote
        granted = reply.granted
    }
}

extension VoteReply {
    fileprivate init(_ wire: WireVoteReply) throws(FrameError) {
        self.init(
            term: Term(try integer(wire.term, "term")),
            electionTerm: Term(try integer(wire.electionTerm, "election term")),
            isPreVote: wire.isPreVote, granted: wire.granted)
    }
}

extension WireAppendEntries {
    fileprivate init(_ message: AppendEntries) {
        term = UInt64(message.term)
        previousIndex = UInt64(message.previousIndex)
        previousTerm = UInt64(message.previousTerm)
        entries = message.entries.map(WireEntry.init)
        commitIndex = UInt64(message.commitIndex)
        round = message.round
    }
}

extension AppendEntries {
    fileprivate init(_ wire: WireAppendEntries) throws(FrameError) {
        self.init(
            term: Term(try integer(wire.term, "term")),
            previousIndex: LogIndex(try integer(wire.previousIndex, "previous index")),
            previousTerm: Term(try integer(wire.previousTerm, "previous term")),
            entries: try wire.entries.map { (entry) throws(FrameError) in try LogEntry(entry) },
            commitIndex: LogIndex(try integer(wire.commitIndex, "commit index")),
            round: wire.round)
    }
}

extension WireAppendReply {
    fileprivate init(_ reply: AppendReply) {
        term = UInt64(reply.term)
        round = reply.round
        switch reply.outcome {
        case .accepted(let match):
            matchIndex = UInt64(match)
        case .rejected(let previous, let conflict, let retry):
            rejection.previousIndex = UInt64(previous)
            rejection.retryIndex = UInt64(retry)
            if let conflict { rejection.conflictTerm = UInt64(conflict) }
        }
    }
}

extension AppendReply {
    fileprivate init(_ wire: WireAppendReply) throws(FrameError) {
        let outcome: Outcome
        switch wire.outcome {
        case .matchIndex(let match):
            outcome = .accepted(match: LogIndex(try integer(match, "match index")))
        case .rejection(let rejection):
            let conflict =
                rejection.hasConflictTerm
                ? Term(try integer(rejection.conflictTerm, "conflict term")) : nil
            outcome = .rejected(
                previous: LogIndex(try integer(rejection.previousIndex, "previous index")),
                conflict: conflict,
                retry: LogIndex(try integer(rejection.retryIndex, "retry index")))
        case nil:
            throw .malformed(field: "append reply")
        }
        self.init(
            term: Term(try integer(wire.term, "term")), outcome: outcome, round: wire.round)
    }
}
