/// The one number that all randomness of a run comes from.
///
/// A seed is never drawn from itself: each purpose takes a stream of its own by name, so a draw
/// that is added in one place does not shift the draws in all the others.
public struct Seed: Hashable, Sendable {
    /// The number as it is given on the command line.
    public var rawValue: UInt64

    /// Makes the seed with this number.
    public init(_ rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// The random stream for one purpose, such as `"link n1→n2"`.
    ///
    /// Equal seeds and names give equal streams in every process and on every machine.
    public func stream(_ name: String) -> RandomStream {
        RandomStream(state: derived(name).rawValue)
    }

    /// A seed for one part of the run that splits into streams of its own.
    public func derived(_ name: String) -> Seed {
        // FNV-1a, because `Hasher` is seeded anew in every process.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        var mixer = SplitMix64(state: rawValue ^ hash.byteSwapped)
        return Seed(mixer.next() ^ hash)
    }
}
