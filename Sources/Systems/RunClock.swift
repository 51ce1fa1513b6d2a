internal import Glibc
public import Vocabulary

/// The clock of a real run: nanoseconds of the machine's monotonic clock since a start.
///
/// All processes of a machine share that clock, so the nodes' traces fit the history.
public struct RunClock: Sendable {
    /// The reading of the monotonic clock at the start of the run.
    public let startNanoseconds: Int64

    /// Starts a clock now.
    public init() { startNanoseconds = Self.monotonicNanoseconds() }

    /// The time since the start.
    public func now() -> Instant { instant(monotonic: Self.monotonicNanoseconds()) }

    /// The time of the run at which the monotonic clock showed `nanoseconds`.
    public func instant(monotonic nanoseconds: Int64) -> Instant {
        Instant(nanoseconds: nanoseconds - startNanoseconds)
    }

    private static func monotonicNanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
