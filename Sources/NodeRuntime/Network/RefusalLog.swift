import Logging
import NIOCore
import Vocabulary

/// Counts what a node refuses and logs it at most once a second, however much comes.
struct RefusalLog {
    private static let interval: Nanoseconds = 1_000_000_000

    /// How much was refused so far.
    private(set) var count = 0
    private var quietUntil = Instant.zero
    private let logger: Logger

    init(logger: Logger) { self.logger = logger }

    /// Counts one refusal, and logs it unless another one was logged a moment ago.
    mutating func note(_ reason: String, from remote: SocketAddress?, now: Instant) {
        count += 1
        guard now >= quietUntil else { return }
        quietUntil = now + Self.interval
        logger.warning(
            "refused what came in",
            metadata: [
                "reason": "\(reason)", "refused": "\(count)",
                "remote": "\(remote?.description ?? "unknown")",
            ])
    }
}
