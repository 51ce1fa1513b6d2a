import Vocabulary

// What a leader does with its followers: §5.3, §5.4.2.

extension RaftCore {
    mutating func lead() {
        role = .leader
        leader = id
        votes = []
        waitingAcknowledgement = nil
        leadership.begin(after: log.lastIndex, now: now)
        leadership.heartbeatDeadline = now + configuration.heartbeatInterval
        trace(.leader(term, last: log.last))
        append([LogEntry(term: term, payload: .noOp)])
        broadcast()
        advanceCommitIndex()
    }

    /// Speaks to everyone at the interval, and steps down if nobody answers any more.
    mutating func heartbeat() {
        let heard = configuration.membership.reachedByQuorum { node in
            leadership.place(of: node).map { leadership.peers[$0].heardAt } ?? now
        }
        let isHeard = now - (heard ?? now) < configuration.electionTimeout.upperBound
        guard isHeard || configuration.defects.contains(.staleReads) else {
            return follow(nil, in: term)
        }
        leadership.heartbeatDeadline = now + configuration.heartbeatInterval
        // What was not answered by now may be lost: send it again.
        for place in leadership.peers.indices { leadership.peers[place].awaited = nil }
        broadcast()
    }

    /// Sends a message to every follower, with entries unless an earlier message is under way.
    mutating func broadcast() {
        for place in leadership.peers.indices {
            sendEntries(to: place, evenIfEmpty: true)
        }
    }

    /// Sends new entries to the followers that wait for none.
    mutating func replicate() {
        for place in leadership.peers.indices {
            sendEntries(to: place, evenIfEmpty: false)
        }
    }

    /// One message with entries is under way at a time; what gathers meanwhile makes up the next.
    private mutating func sendEntries(to place: Int, evenIfEmpty: Bool) {
        let peer = leadership.peers[place]
        let hasNews = peer.awaited == nil && peer.next <= log.lastIndex
        guard hasNews || evenIfEmpty, let previousTerm = log.term(at: peer.next.previous) else {
            return
        }
        let entries =
            hasNews
            ? log.entries(from: peer.next, countMax: configuration.entriesPerMessageMax) : []
        if hasNews {
            leadership.peers[place].awaited = peer.next.previous + entries.count
        }
        let message = AppendEntries(
            term: term, previousIndex: peer.next.previous, previousTerm: previousTerm,
            entries: entries, commitIndex: commitIndex, round: leadership.round)
        send(.appendEntries(message), to: peer.node)
    }

    mutating func receive(_ reply: AppendReply, from sender: NodeID) {
        guard reply.term <= term else { return follow(nil, in: reply.term) }
        guard role == .leader, reply.term == term, let place = leadership.place(of: sender) else {
            return
        }
        leadership.peers[place].heardAt = now
        leadership.peers[place].round = max(leadership.peers[place].round, reply.round)
        switch reply.outcome {
        case .accepted(let match):
            accept(match, from: place)
        case .rejected(let previous, let conflict, let retry):
            backtrack(place, previous: previous, conflict: conflict, retry: retry)
        }
        sendEntries(to: place, evenIfEmpty: false)
        serveConfirmedReads()
    }

    private mutating func accept(_ match: LogIndex, from place: Int) {
        leadership.peers[place].next = max(leadership.peers[place].next, match.next)
        if let awaited = leadership.peers[place].awaited, match >= awaited {
            leadership.peers[place].awaited = nil
        }
        guard match > leadership.peers[place].match else { return }
        leadership.peers[place].match = match
        advanceCommitIndex()
    }

    /// Goes back by a whole term at a time to where the logs may agree (end of §5.3).
    private mutating func backtrack(
        _ place: Int, previous: LogIndex, conflict: Term?, retry: LogIndex
    ) {
        // Any other rejection answers an older guess.
        guard previous == leadership.peers[place].next.previous else { return }
        var next = retry
        if let conflict {
            let end = log.firstIndex(ofTermAtLeast: conflict.next)
            if log.term(at: end.previous) == conflict { next = end }
        }
        leadership.peers[place].next = max(log.firstIndex, min(next, previous))
        leadership.peers[place].awaited = nil
    }

    /// Commits what a majority has stored, if it ends in an entry of this term (§5.4.2).
    mutating func advanceCommitIndex() {
        let stored = configuration.membership.reachedByQuorum { node in
            leadership.place(of: node).map { leadership.peers[$0].match } ?? durableIndex
        }
        guard let stored, stored > commitIndex else { return }
        let mayBeOlder = configuration.defects.contains(.figure8)
        guard mayBeOlder || log.term(at: stored) == term else { return }
        advanceCommitIndex(to: stored)
    }
}
