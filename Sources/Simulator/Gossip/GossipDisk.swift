internal import GossipCore
internal import Vocabulary

/// A gossip node's disk: what is durable, and batches of records on their way to it.
struct GossipDisk: Sendable {
    /// What a crash did to what was not synced yet.
    struct Loss: Hashable, Sendable {
        var unsyncedRecords = 0
        var lostRecords = 0
        /// Whether only a part of a batch is on the disk.
        var isTorn = false
    }

    private(set) var records: [StoreRecord] = []
    private var pending: [(token: SyncToken, records: [StoreRecord])] = []
    /// When the disk will have done everything that was asked of it.
    private var busyUntil = Instant.zero

    /// What a node finds when it starts.
    var state: GossipDurableState { GossipDurableState(records: records) }

    mutating func save(_ records: [StoreRecord], _ token: SyncToken) {
        pending.append((token, records))
    }

    /// When a sync of this length that is asked for now will be done: one after the other.
    mutating func completion(of length: Nanoseconds, now: Instant) -> Instant {
        busyUntil = max(now, busyUntil) + length
        return busyUntil
    }

    mutating func complete(_ token: SyncToken) {
        let done = pending.prefix { $0.token <= token }
        for batch in done { records += batch.records }
        pending.removeFirst(done.count)
    }

    /// Loses power: a prefix of what was pending, drawn by chance, is on the disk all the same.
    mutating func losePower(random: inout RandomStream) -> Loss {
        let unsynced = pending.flatMap(\.records)
        let kept = Int.random(in: 0...unsynced.count, using: &random)
        let ends = pending.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.records.count) }
        records += unsynced[..<kept]
        pending = []
        busyUntil = .zero
        return Loss(
            unsyncedRecords: unsynced.count, lostRecords: unsynced.count - kept,
            isTorn: !ends.contains(kept))
    }

    /// Loses everything.
    mutating func wipe() { self = GossipDisk() }
}
