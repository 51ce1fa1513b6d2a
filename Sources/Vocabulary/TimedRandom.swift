/// Randomness that depends on when it is asked for, not on how often it was before.
///
/// A run in which one thing is left out would draw other numbers from a plain stream from there on,
/// and be another run altogether. Here what is not touched by the change stays as it was, which is
/// what makes it possible to leave out one thing after the other.
public struct TimedRandom: Hashable, Sendable {
    private let state: UInt64
    private var last = Instant.distantFuture
    private var repeats: UInt64 = 0

    /// Makes the source for one purpose.
    public init(_ seed: Seed, _ name: String) { state = seed.derived(name).rawValue }

    /// The stream for what is decided now; another one each time it is asked for at one instant.
    public mutating func stream(at now: Instant) -> RandomStream {
        repeats = now == last ? repeats + 1 : 0
        last = now
        var mixer = SplitMix64(state: state ^ UInt64(bitPattern: now.nanoseconds))
        return RandomStream(state: mixer.next() &+ repeats)
    }
}
