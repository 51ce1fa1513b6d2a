internal import Synchronization
internal import Workloads

/// Where clients put what has ended, from any thread, until the driver takes it all at once.
final class CompletionMailbox: Sendable {
    private let waiting = Mutex<[Completion]>([])

    /// Adds a completion; true if the mailbox was empty, so that somebody has to be woken.
    func post(_ completion: Completion) -> Bool {
        waiting.withLock { waiting in
            waiting.append(completion)
            return waiting.count == 1
        }
    }

    /// Takes everything that waits, in the order of arrival.
    func take() -> [Completion] {
        waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}
