internal import RaftCore
internal import Vocabulary

/// A disk with a durable half and a pending one; a crash loses a part of what is pending.
struct SimulatedDisk: Sendable {
    /// What a crash did to what was not synced yet.
    struct Loss: Hashable, Sendable {
        /// How many entries were written and never synced.
        var unsyncedEntries = 0
        /// How many of those are gone.
        var lostEntries = 0
        /// Whether the last thing on the disk is half a batch, whose torn record is cut off.
        var isTorn = false
        /// Whether a term or vote was on its way to the disk and is gone.
        var lostHardState = false
    }

    private enum Change: Sendable {
        case append([LogEntry])
        case truncate(from: LogIndex)
        case sync(SyncToken)

        var entryCount: Int {
            if case .append(let entries) = self { entries.count } else { 0 }
        }
    }

    private var hardState = HardState()
    private var entries: [LogEntry] = []
    private var pendingHardStates: [(token: SyncToken, state: HardState)] = []
    private var pending: [Change] = []
    /// When the disk will have done everything that was asked of it.
    private var busyUntil = Instant.zero

    /// What a node finds when it starts.
    var state: RaftDurableState {
        RaftDurableState(hardState: hardState, log: RaftLog(entries: entries))
    }

    mutating func save(_ state: HardState, _ token: SyncToken) {
        pendingHardStates.append((token, state))
    }

    mutating func append(_ added: [LogEntry]) { pending.append(.append(added)) }

    mutating func truncate(from index: LogIndex) { pending.append(.truncate(from: index)) }

    mutating func sync(_ token: SyncToken) { pending.append(.sync(token)) }

    /// When a sync of this length that is asked for now will be done: one after the other.
    mutating func completion(of length: Nanoseconds, now: Instant) -> Instant {
        busyUntil = max(now, busyUntil) + length
        return busyUntil
    }

    mutating func completeHardState(_ token: SyncToken) {
        while let first = pendingHardStates.first, first.token <= token {
            hardState = first.state
            pendingHardStates.removeFirst()
        }
    }

    mutating func completeLog(_ token: SyncToken) {
        var done = 0
        loop: for change in pending {
            done += 1
            switch change {
            case .append, .truncate: carryOut(change)
            case .sync(let completed): if completed >= token { break loop }
            }
        }
        pending.removeFirst(done)
    }

    private mutating func carryOut(_ change: Change) {
        switch change {
        case .append(let added): entries += added
        case .truncate(let index):
            entries.removeLast(max(0, entries.count - index.previous.rawValue))
        case .sync: break
        }
    }

    /// Loses power: a prefix of what was pending, drawn by chance, is on the disk all the same.
    mutating func losePower(random: inout RandomStream) -> Loss {
        var loss = Loss()
        let changes = pending.filter { if case .sync = $0 { false } else { true } }
        loss.unsyncedEntries = changes.reduce(0) { $0 + $1.entryCount }
        let kept = Int.random(in: 0...changes.count, using: &random)
        loss.lostEntries = changes[kept...].reduce(0) { $0 + $1.entryCount }
        for change in changes[..<kept] { carryOut(change) }
        if kept < changes.count, case .append(let batch) = changes[kept] {
            let whole = Int.random(in: 0..<max(1, batch.count), using: &random)
            entries += batch[..<whole]
            loss.lostEntries -= whole
            loss.isTorn = whole > 0
        }
        let keptStates = Int.random(in: 0...pendingHardStates.count, using: &random)
        if keptStates > 0 { hardState = pendingHardStates[keptStates - 1].state }
        loss.lostHardState = keptStates < pendingHardStates.count
        pending = []
        pendingHardStates = []
        busyUntil = .zero
        return loss
    }
}
