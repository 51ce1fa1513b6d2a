import GossipCore
import NIOCore
import NIOPosix

/// What a gossip node has for its disk: group commit of the records of its store.
///
/// Lives on the node's event loop.
final class GossipDiskWriter {
    private let disk: GroupCommit<[StoreRecord]>
    private let completed: (SyncToken) -> Void
    private var pending: [StoreRecord] = []
    private var token: SyncToken?

    /// Makes a writer that reports completions, and at most one failure.
    init(
        storage: GossipStorage, loop: any EventLoop, thread: NIOThreadPool,
        completed: @escaping (SyncToken) -> Void, failed: @escaping (any Error) -> Void
    ) {
        self.completed = completed
        disk = GroupCommit(
            loop: loop, thread: thread, commit: { try storage.commit($0) }, failed: failed)
    }

    func save(_ records: [StoreRecord], _ token: SyncToken) {
        pending += records
        self.token = token
    }

    /// Begins the next batch if there is one and the disk is idle.
    func start() {
        guard !disk.isBusy, let token else { return }
        var batch: [StoreRecord] = []
        swap(&batch, &pending)
        self.token = nil
        disk.run(batch) { [self] in
            completed(token)
            start()
        }
    }
}
