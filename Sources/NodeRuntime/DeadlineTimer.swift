import NIOCore
import Vocabulary

/// A timer for a deadline that moves often, mostly to later.
///
/// It is then left alone, and the new deadline is found when the old one fires. Lives on one event
/// loop.
final class DeadlineTimer {
    private let loop: any EventLoop
    private var deadline = Instant.distantFuture
    private var scheduled: Scheduled<Void>?

    init(loop: any EventLoop) {
        self.loop = loop
    }

    /// Calls back no later than `deadline`, and perhaps before it.
    func arm(_ deadline: Instant, fired: @escaping () -> Void) {
        guard deadline < self.deadline else { return }
        cancel()
        self.deadline = deadline
        let moment = NIODeadline.uptimeNanoseconds(UInt64(max(0, deadline.nanoseconds)))
        scheduled = loop.assumeIsolated().scheduleTask(deadline: moment) {
            self.deadline = .distantFuture
            fired()
        }
    }

    func cancel() {
        scheduled?.cancel()
        deadline = .distantFuture
    }
}

extension Instant {
    /// The machine's monotonic clock, the time of all shells.
    static var monotonic: Instant {
        Instant(nanoseconds: Nanoseconds(NIODeadline.now().uptimeNanoseconds))
    }
}
