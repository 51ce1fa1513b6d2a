/// A length of time in nanoseconds.
public typealias Nanoseconds = Int64

/// A point in the time of one run, real or simulated.
///
/// Nanoseconds since the run began. In the real world it is read off the machine's monotonic
/// clock, in the simulated world off the event queue; nothing that decides ever reads a clock.
public struct Instant: Hashable, Comparable, Sendable, Codable, BitwiseCopyable {
    /// Nanoseconds since the run began; negative before it.
    public var nanoseconds: Nanoseconds

    /// Makes the instant that lies `nanoseconds` after the start of the run.
    public init(nanoseconds: Nanoseconds) {
        self.nanoseconds = nanoseconds
    }

    /// The start of the run.
    public static let zero = Instant(nanoseconds: 0)

    /// An instant that is never reached.
    public static let distantFuture = Instant(nanoseconds: .max)

    /// Reads the instant back from the bare number that encodes it.
    public init(from decoder: any Decoder) throws {
        nanoseconds = try decoder.singleValueContainer().decode(Nanoseconds.self)
    }

    /// Writes the instant as a bare number of nanoseconds.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(nanoseconds)
    }

    /// Whether one instant lies before the other.
    @inlinable
    public static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The instant `length` nanoseconds later; stays at the end of time instead of overflowing.
    @inlinable
    public static func + (instant: Instant, length: Nanoseconds) -> Instant {
        let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(length)
        return overflow ? distantFuture : Instant(nanoseconds: sum)
    }

    /// The nanoseconds from `earlier` to `later`.
    @inlinable
    public static func - (later: Instant, earlier: Instant) -> Nanoseconds {
        later.nanoseconds - earlier.nanoseconds
    }
}

extension Instant: CustomStringConvertible {
    /// Seconds with three decimals, such as `12.345 s`.
    public var description: String {
        let milliseconds = nanoseconds / 1_000_000
        let sign = milliseconds < 0 ? "-" : ""
        let fraction = String(1000 + abs(milliseconds % 1000)).dropFirst()
        return "\(sign)\(abs(milliseconds / 1000)).\(fraction) s"
    }
}
