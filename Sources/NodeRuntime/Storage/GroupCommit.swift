import NIOCore
import NIOPosix

/// Carries out disk work on a thread of its own, one batch at a time.
///
/// What is asked for while a batch is under way makes up the next one. Lives on the node's event loop.
final class GroupCommit<Batch: Sendable> {
    private let loop: any EventLoop
    private let thread: NIOThreadPool
    private let commit: @Sendable (Batch) throws -> Void
    private let failed: (any Error) -> Void
    /// Whether a batch is under way.
    private(set) var isBusy = false

    /// Makes a writer that reports at most one failure.
    init(
        loop: any EventLoop, thread: NIOThreadPool,
        commit: @escaping @Sendable (Batch) throws -> Void, failed: @escaping (any Error) -> Void
    ) {
        self.loop = loop
        self.thread = thread
        self.commit = commit
        self.failed = failed
    }

    /// Commits a batch, when none is under way, and reports its completion.
    func run(_ batch: Batch, completed: @escaping () -> Void) {
        isBusy = true
        thread.runIfActive(eventLoop: loop) { [commit] in try commit(batch) }
            .assumeIsolated().whenComplete { result in
                self.isBusy = false
                switch result {
                case .success: completed()
                case .failure(let error): self.failed(error)
                }
            }
    }
}
