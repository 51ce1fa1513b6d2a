import Vocabulary

/// What a node knows of its disk: what is durable, and what waits for it.
struct RaftPersistence: Sendable {
    /// How long the defect `no-fsync` leaves entries in memory.
    static let lazySyncInterval: Nanoseconds = 1_000_000_000

    /// An effect that would reveal a hard state before it is durable.
    struct HeldEffect: Sendable {
        var token: SyncToken
        var effect: RaftEffect
    }

    /// A sync of the log that is under way.
    struct LogSync: Sendable {
        var token: SyncToken
        /// The last index that it makes durable.
        var index: LogIndex
    }

    /// The token of the latest hard state, and whether its saving was requested.
    var hardStateToken = SyncToken(0)
    var hardStateIsUnsaved = false
    var hardStateSynced = SyncToken(0)
    var held: [HeldEffect] = []

    var logToken = SyncToken(0)
    var logSyncs: [LogSync] = []
    var syncedIndex: LogIndex
    var lazySyncDeadline = Instant.distantFuture

    init(syncedIndex: LogIndex) {
        self.syncedIndex = syncedIndex
    }

    var hardStateIsDurable: Bool { hardStateSynced == hardStateToken }

    /// Takes back what is known of entries that are no more.
    mutating func forget(from index: LogIndex) {
        syncedIndex = min(syncedIndex, index.previous)
        for place in logSyncs.indices {
            logSyncs[place].index = min(logSyncs[place].index, index.previous)
        }
    }
}
