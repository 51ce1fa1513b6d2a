import Vocabulary

// Durability: when effects may leave, and what counts as stored.

extension RaftCore {
    /// The last entry that may be acknowledged.
    var durableIndex: LogIndex {
        configuration.defects.contains(.noFsync) ? log.lastIndex : persistence.syncedIndex
    }

    /// Hands out an effect that others can see, once no unsaved term or vote shows through it.
    mutating func emit(_ effect: RaftEffect) {
        if persistence.hardStateIsDurable {
            outbox.append(effect)
        } else {
            persistence.held.append(.init(token: persistence.hardStateToken, effect: effect))
        }
    }

    mutating func send(_ message: RaftMessage, to node: NodeID) {
        emit(.send(message, to: node))
    }

    mutating func trace(_ event: RaftTraceEvent) { emit(.trace(event)) }

    /// Enters a term or gives the term's vote; one record for all changes of a step.
    mutating func setHardState(term: Term, vote: NodeID?) {
        guard term != self.term || vote != self.vote else { return }
        self.term = term
        self.vote = vote
        guard !persistence.hardStateIsUnsaved else { return }
        persistence.hardStateIsUnsaved = true
        persistence.hardStateToken.rawValue += 1
    }

    mutating func saveHardStateIfChanged() {
        guard persistence.hardStateIsUnsaved else { return }
        persistence.hardStateIsUnsaved = false
        let state = HardState(term: term, vote: vote)
        outbox.append(.saveHardState(state, persistence.hardStateToken))
    }

    mutating func hardStateSynced(_ token: SyncToken) {
        guard token > persistence.hardStateSynced else { return }
        persistence.hardStateSynced = token
        let released = persistence.held.prefix { $0.token <= token }
        outbox.append(contentsOf: released.map(\.effect))
        persistence.held.removeFirst(released.count)
        if role == .candidate, persistence.hardStateIsDurable { countVote(of: id) }
    }

    /// Adds entries to the log, in memory at once and on disk when the next sync completes.
    mutating func append(_ entries: ArraySlice<LogEntry>) {
        outbox.append(.appendLog(at: log.lastIndex.next, Array(entries)))
        log.append(entries)
        trace(.appended(term, count: entries.count, last: log.last))
        if !configuration.defects.contains(.noFsync) {
            requestSync()
        } else if persistence.lazySyncDeadline == .distantFuture {
            persistence.lazySyncDeadline = now + RaftPersistence.lazySyncInterval
        }
    }

    mutating func truncate(from index: LogIndex) {
        outbox.append(.truncateLog(from: index))
        log.truncate(from: index)
        persistence.forget(from: index)
        trace(.truncated(term, from: index))
    }

    mutating func requestSync() {
        persistence.lazySyncDeadline = .distantFuture
        persistence.logToken.rawValue += 1
        let token = persistence.logToken
        persistence.logSyncs.append(.init(token: token, index: log.lastIndex))
        outbox.append(.syncLog(token))
    }

    mutating func logSynced(_ token: SyncToken) {
        let completed = persistence.logSyncs.prefix { $0.token <= token }
        guard let index = completed.last?.index else { return }
        persistence.logSyncs.removeFirst(completed.count)
        persistence.syncedIndex = max(persistence.syncedIndex, index)
        if role == .leader {
            advanceCommitIndex()
        } else {
            sendWaitingAcknowledgement()
        }
    }
}
