import NIOCore
import NIOPosix
import NodeWire
import RaftCore

/// Carries out a node's disk work on a thread of its own, one batch at a time.
///
/// What is asked for while a batch is under way makes up the next one: group commit. Entries stay
/// in memory until a sync is asked for. Lives on the node's event loop.
final class DiskWriter {
    private let storage: NodeStorage
    private let loop: any EventLoop
    private let thread: NIOThreadPool
    private let completed: (RaftEvent) -> Void
    private let failed: (any Error) -> Void

    private var isBusy = false
    private var pending = NodeStorage.Batch()
    private var hardStateToken: SyncToken?
    private var logToken: SyncToken?

    /// Makes a writer that reports completions, and at most one failure.
    init(
        storage: NodeStorage, loop: any EventLoop, thread: NIOThreadPool,
        completed: @escaping (RaftEvent) -> Void, failed: @escaping (any Error) -> Void
    ) {
        self.storage = storage
        self.loop = loop
        self.thread = thread
        self.completed = completed
        self.failed = failed
    }

    func save(_ state: HardState, _ token: SyncToken) {
        pending.hardState = state
        hardStateToken = token
    }

    func change(_ change: LogChange) { pending.changes.append(change) }

    func sync(_ token: SyncToken) { logToken = token }

    /// Begins the next batch if there is one and the disk is idle.
    func start() {
        guard !isBusy, hardStateToken != nil || logToken != nil else { return }
        isBusy = true
        var batch = NodeStorage.Batch(hardState: pending.hardState)
        if logToken != nil { swap(&batch.changes, &pending.changes) }
        let events =
            [hardStateToken.map(RaftEvent.hardStateSynced), logToken.map(RaftEvent.logSynced)]
            .compactMap { $0 }
        pending.hardState = nil
        hardStateToken = nil
        logToken = nil
        thread.runIfActive(eventLoop: loop) { [storage, batch] in try storage.commit(batch) }
            .assumeIsolated().whenComplete { self.finish($0, events) }
    }

    private func finish(_ result: Result<Void, any Error>, _ events: [RaftEvent]) {
        isBusy = false
        switch result {
        case .success:
            for event in events { completed(event) }
            start()
        case .failure(let error):
            failed(error)
        }
    }
}
