internal import Vocabulary

/// A node's clock: off by an offset, and a little too fast or too slow.
struct NodeClock: Hashable, Sendable {
    /// What it shows at the start.
    var offset: Nanoseconds = 0
    /// How much it gains, in millionths; negative if it loses.
    var driftPPM = 0

    /// What the clock shows at a true time.
    func reading(at time: Instant) -> Instant {
        let gained = Self.parts(time.nanoseconds, perMillion: driftPPM)
        return Instant(nanoseconds: time.nanoseconds + gained + offset)
    }

    /// The earliest true time, up to a microsecond, at which the clock shows a reading.
    func time(of reading: Instant) -> Instant {
        guard reading != .distantFuture else { return reading }
        let shown = reading.nanoseconds - offset
        var time = Instant(nanoseconds: shown - Self.parts(shown, perMillion: driftPPM))
        while self.reading(at: time) < reading { time = time + 1_000 }
        return time
    }

    /// So many millionths of a length, without overflow.
    private static func parts(_ length: Nanoseconds, perMillion: Int) -> Nanoseconds {
        let parts = Nanoseconds(perMillion)
        return length / 1_000_000 * parts + length % 1_000_000 * parts / 1_000_000
    }
}
