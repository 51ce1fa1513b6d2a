import Objects
import Vocabulary

// From committed entries to the state machine, and to the clients that wait.

extension RaftCore {
    /// Applies everything up to an index that is known to be committed and equal on this node.
    mutating func advanceCommitIndex(to index: LogIndex) {
        guard index > commitIndex, let position = log.position(at: index) else { return }
        let noOpWasCommitted = noOpIsCommitted
        commitIndex = index
        trace(.committed(term, position))
        while machine.appliedIndex < index,
            let entry = log.entry(at: machine.appliedIndex.next)
        {
            respond(machine.apply(entry), to: entry.payload, at: machine.appliedIndex)
        }
        if role == .leader, noOpIsCommitted, !noOpWasCommitted {
            trace(.leaderReady(term, leadership.noOpIndex))
        }
        if role == .leader { confirmWaitingReads() }
    }

    private var noOpIsCommitted: Bool { commitIndex >= leadership.noOpIndex }

    // MARK: - Clients

    mutating func accept(_ request: ClientRequest, id: RequestID) {
        guard role == .leader else { return emit(.respond(.notLeader(hint: leader), id: id)) }
        switch request {
        case .openSession: propose(.openSession, id: id)
        case .execute(let command): execute(command, id: id)
        case .read(let operation, let key): read(operation, on: key, id: id)
        }
    }

    mutating func propose(_ payload: LogEntry.Payload, id: RequestID) {
        append([LogEntry(term: term, payload: payload)])
        leadership.writes.append(.init(index: log.lastIndex, id: id))
        replicate()
        advanceCommitIndex()
    }

    private mutating func respond(
        _ response: ClientResponse, to payload: LogEntry.Payload, at index: LogIndex
    ) {
        guard let first = leadership.writes.first, first.index == index else { return }
        leadership.writes.removeFirst()
        emit(.respond(withLocalToken(response, to: payload), id: first.id))
    }

    /// Answers everyone who waits when the node leads no more.
    mutating func refusePending(hint: NodeID?) {
        for write in leadership.writes {
            emit(.respond(.leadershipLost, id: write.id))
        }
        for read in leadership.confirmingReads + leadership.waitingReads {
            emit(.respond(.notLeader(hint: hint), id: read.id))
        }
        leadership.writes = []
        leadership.confirmingReads = []
        leadership.waitingReads = []
    }

    // MARK: - Reads (thesis §6.4)

    private mutating func read(_ operation: ObjectOperation, on key: String, id: RequestID) {
        let read = Leadership.PendingRead(operation: operation, key: key, id: id)
        if configuration.defects.contains(.staleReads) { return serve(read) }
        leadership.waitingReads.append(read)
        confirmWaitingReads()
    }

    /// Begins a round for all reads that have come, unless one is under way.
    ///
    /// Before the first entry of the term is committed, the commit index may be behind what
    /// earlier leaders acknowledged.
    private mutating func confirmWaitingReads() {
        guard noOpIsCommitted, leadership.confirmingReads.isEmpty,
            !leadership.waitingReads.isEmpty
        else { return }
        swap(&leadership.confirmingReads, &leadership.waitingReads)
        leadership.readIndex = commitIndex
        leadership.round += 1
        broadcast()
        serveConfirmedReads()
    }

    /// Serves the reads once a majority has answered a message sent after they came.
    mutating func serveConfirmedReads() {
        guard role == .leader, !leadership.confirmingReads.isEmpty else { return }
        let confirmed = configuration.membership.isQuorum { node in
            leadership.place(of: node).map {
                leadership.peers[$0].round == leadership.round
            } ?? true
        }
        guard confirmed, machine.appliedIndex >= leadership.readIndex else { return }
        for read in leadership.confirmingReads { serve(read) }
        leadership.confirmingReads = []
        confirmWaitingReads()
    }

    private mutating func serve(_ read: Leadership.PendingRead) {
        emit(.respond(.answered(machine.store.answer(read.operation, on: read.key)), id: read.id))
    }
}
