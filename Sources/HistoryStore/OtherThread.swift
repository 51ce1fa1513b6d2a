internal import Foundation
internal import Synchronization

/// Work that is done beside the thread that asked for it, which waits for the outcome in the end.
final class DedicatedThread<Outcome: Sendable>: Sendable {
    private let outcome = Mutex<Result<Outcome, any Error>?>(nil)
    private let isDone = DispatchSemaphore(value: 0)

    /// Begins to work.
    init(_ work: @escaping @Sendable () throws -> Outcome) {
        Thread.detachNewThread { [self] in
            let result = Result { try work() }
            outcome.withLock { $0 = result }
            isDone.signal()
        }
    }

    /// Waits for the outcome; to be asked for once.
    func result() -> Result<Outcome, any Error> {
        isDone.wait()
        return outcome.withLock { $0 } ?? .failure(CancellationError())
    }
}
