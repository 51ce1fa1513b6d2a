import NIOCore
import NIOPosix
import NodeWire
import RaftCore

/// What a Raft node has for its disk: group commit of hard states and changes of the log.
///
/// Entries stay in memory until a sync is asked for. Lives on the node's event loop.
final class RaftDiskWriter {
    private let disk: GroupCommit<RaftStorage.Batch>
    private let completed: (RaftEvent) -> Void
    private var pending = RaftStorage.Batch()
    private var hardStateToken: SyncToken?
    private var logToken: SyncToken?

    /// Makes a writer that reports completions, and at most one failure.
    init(
        storage: RaftStorage, loop: any EventLoop, thread: NIOThreadPool,
        completed: @escaping (RaftEvent) -> Void, failed: @escaping (any Error) -> Void
    ) {
        self.completed = completed
        disk = GroupCommit(
            loop: loop, thread: thread, commit: { try storage.commit($0) }, failed: failed)
    }

    func save(_ state: HardState, _ token: SyncToken) {
        pending.hardState = state
        hardStateToken = token
    }

    func change(_ change: LogChange) { pending.changes.append(change) }

    func sync(_ token: SyncToken) { logToken = token }

    /// Begins the next batch if there is one and the disk is idle.
    func start() {
        guard !disk.isBusy, hardStateToken != nil || logToken != nil else { return }
        var batch = RaftStorage.Batch(hardState: pending.hardState)
        if logToken != nil { swap(&batch.changes, &pending.changes) }
        let events =
            [hardStateToken.map(RaftEvent.hardStateSynced), logToken.map(RaftEvent.logSynced)]
            .compactMap { $0 }
        pending.hardState = nil
        hardStateToken = nil
        logToken = nil
        disk.run(batch) { [self] in
            for event in events { completed(event) }
            start()
        }
    }
}
