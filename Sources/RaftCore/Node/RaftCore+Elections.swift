import Vocabulary

// Elections: §5.2, §5.4.1; pre-vote: thesis §9.6.

extension RaftCore {
    mutating func resetElectionDeadline() {
        var stream = random.stream(at: now)
        electionDeadline = now + .random(in: configuration.electionTimeout, using: &stream)
    }

    /// Whether the node heard from a leader within the minimum election timeout.
    ///
    /// A leader hears itself: it steps down when it has no majority.
    private var hearsLeader: Bool {
        if role == .leader { return true }
        guard leader != nil, let leaderHeardAt else { return false }
        return now - leaderHeardAt < configuration.electionTimeout.lowerBound
    }

    /// Whether a candidate's log may win this node's vote.
    ///
    /// Its last entry must have a later term, or the same term and no smaller index. Whether
    /// entries are committed plays no part (§5.4.1).
    private func isUpToDate(_ request: RequestVote) -> Bool {
        if configuration.defects.contains(.upToDateByIndex) {
            return request.lastIndex >= log.lastIndex
        }
        return request.lastTerm > log.lastTerm
            || (request.lastTerm == log.lastTerm && request.lastIndex >= log.lastIndex)
    }

    mutating func askForPreVotes() {
        role = .preCandidate
        leader = nil
        votes = []
        resetElectionDeadline()
        trace(.preCandidate(term))
        askForVotes(isPreVote: true)
        countVote(of: id)
    }

    private mutating func becomeCandidate() {
        role = .candidate
        votes = oldVotes
        setHardState(term: term.next, vote: id)
        resetElectionDeadline()
        trace(.candidate(term))
        trace(.voted(term, for: id))
        askForVotes(isPreVote: false)
        // The node's own vote counts when it is durable; see `hardStateSynced`.
    }

    private mutating func askForVotes(isPreVote: Bool) {
        let request = RequestVote(
            term: isPreVote ? term.next : term, isPreVote: isPreVote, lastIndex: log.lastIndex,
            lastTerm: log.lastTerm)
        for node in configuration.membership.voters where node != id {
            send(.requestVote(request), to: node)
        }
    }

    mutating func receive(_ request: RequestVote, from candidate: NodeID) {
        let granted = !hearsLeader && grants(request, to: candidate)
        let reply = VoteReply(
            term: term, electionTerm: request.term, isPreVote: request.isPreVote,
            granted: granted)
        send(.voteReply(reply), to: candidate)
    }

    private mutating func grants(_ request: RequestVote, to candidate: NodeID) -> Bool {
        if request.isPreVote { return request.term > term && isUpToDate(request) }
        if request.term > term { follow(nil, in: request.term) }
        guard request.term == term, vote == nil || vote == candidate, isUpToDate(request) else {
            return false
        }
        if vote == nil {
            setHardState(term: term, vote: candidate)
            trace(.voted(term, for: candidate))
        }
        resetElectionDeadline()
        return true
    }

    mutating func receive(_ reply: VoteReply, from voter: NodeID) {
        guard reply.term <= term else { return follow(nil, in: reply.term) }
        guard reply.granted else { return }
        let mayBeOld = !reply.isPreVote && configuration.defects.contains(.countOldVotes)
        if mayBeOld, !oldVotes.contains(voter) { oldVotes.append(voter) }
        let asked = reply.isPreVote ? role == .preCandidate : role == .candidate
        let electionTerm = reply.isPreVote ? term.next : term
        guard asked, mayBeOld || reply.electionTerm == electionTerm else { return }
        countVote(of: voter)
    }

    mutating func countVote(of voter: NodeID) {
        if !votes.contains(voter) { votes.append(voter) }
        guard configuration.membership.isQuorum(votes.contains) else { return }
        if role == .preCandidate { becomeCandidate() } else { lead() }
    }

    /// Becomes a follower, of `leader` if it is known, in this term or a later one.
    mutating func follow(_ leader: NodeID?, in newTerm: Term) {
        let wasFollowing = role == .follower && newTerm == term && leader == self.leader
        if role == .leader {
            trace(.steppedDown(term, newTerm > term ? .largerTerm : .noQuorum))
            resetElectionDeadline()
            refusePending(hint: leader)
        }
        role = .follower
        self.leader = leader
        votes = []
        if newTerm > term {
            waitingAcknowledgement = nil
            setHardState(term: newTerm, vote: nil)
        }
        if !wasFollowing { trace(.follower(term, leader: leader)) }
    }
}
