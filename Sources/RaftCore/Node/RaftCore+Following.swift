import Vocabulary

// What a follower does with its leader's entries: §5.3.

extension RaftCore {
    mutating func receive(_ message: AppendEntries, from sender: NodeID) {
        guard message.term >= term else {
            return refuse(message, conflict: nil, retry: log.lastIndex.next, to: sender)
        }
        // Two leaders of one term do not exist; a node that meets one must not act on it.
        guard role != .leader || message.term > term else { return }
        if role != .follower || leader != sender || message.term > term {
            follow(sender, in: message.term)
        }
        leaderHeardAt = now
        resetElectionDeadline()

        let previous = message.previousIndex
        guard previous <= log.lastIndex else {
            return refuse(message, conflict: nil, retry: log.lastIndex.next, to: sender)
        }
        // What lies before the base is committed, so it matches.
        if let found = log.term(at: previous), found != message.previousTerm {
            let retry = log.firstIndex(ofTermAtLeast: found)
            return refuse(message, conflict: found, retry: retry, to: sender)
        }
        store(message.entries, after: previous)
        let match = previous + message.entries.count
        advanceCommitIndex(to: min(message.commitIndex, match))
        acknowledge(match: match, round: message.round)
    }

    /// Adds the entries that are missing; only one that contradicts the leader's removes what
    /// follows it, so that a late message takes nothing away.
    private mutating func store(_ entries: [LogEntry], after previous: LogIndex) {
        var known = max(0, min(entries.count, log.base.index - previous))
        while known < entries.count,
            log.term(at: previous + known + 1) == entries[known].term
        {
            known += 1
        }
        guard known < entries.count else { return }
        let first = previous + known + 1
        if first <= log.lastIndex { truncate(from: first) }
        append(entries[known...])
    }

    private mutating func acknowledge(match: LogIndex, round: UInt64) {
        guard match > durableIndex else { return reply(.accepted(match: match), round: round) }
        if let waiting = waitingAcknowledgement {
            // The leader speaks again while the disk is slow: it must not think the node dead.
            reply(.accepted(match: durableIndex), round: round)
            waitingAcknowledgement?.match = max(match, waiting.match)
            waitingAcknowledgement?.round = max(round, waiting.round)
        } else {
            waitingAcknowledgement = WaitingAcknowledgement(match: match, round: round)
        }
    }

    /// Answers once the entries are durable; the leader is the one of the current term.
    mutating func sendWaitingAcknowledgement() {
        guard let waiting = waitingAcknowledgement, waiting.match <= durableIndex else { return }
        waitingAcknowledgement = nil
        reply(.accepted(match: waiting.match), round: waiting.round)
    }

    private mutating func reply(_ outcome: AppendReply.Outcome, round: UInt64) {
        guard let leader else { return }
        send(.appendReply(AppendReply(term: term, outcome: outcome, round: round)), to: leader)
    }

    private mutating func refuse(
        _ message: AppendEntries, conflict: Term?, retry: LogIndex, to sender: NodeID
    ) {
        let outcome = AppendReply.Outcome.rejected(
            previous: message.previousIndex, conflict: conflict, retry: retry)
        // A late message of an earlier reign says nothing about a round of the present one, even if
        // the same node leads again.
        let round = message.term == term ? message.round : 0
        send(
            .appendReply(AppendReply(term: term, outcome: outcome, round: round)), to: sender)
    }
}
