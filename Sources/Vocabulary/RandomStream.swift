/// A reproducible sequence of random numbers: xoshiro256**.
///
/// Source: Blackman & Vigna, "Scrambled linear pseudorandom number generators" (2021).
/// Not for cryptography.
public struct RandomStream: RandomNumberGenerator, Hashable, Sendable {
    private var s0: UInt64
    private var s1: UInt64
    private var s2: UInt64
    private var s3: UInt64

    /// Makes the stream that starts from `state`; equal states give equal streams.
    public init(state: UInt64) {
        var mixer = SplitMix64(state: state)
        s0 = mixer.next()
        s1 = mixer.next()
        s2 = mixer.next()
        s3 = mixer.next()
    }

    /// Returns the next 64 random bits.
    public mutating func next() -> UInt64 {
        let scaled = s1 &* 5
        let result = ((scaled << 7) | (scaled >> 57)) &* 9
        let shifted = s1 << 17
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= shifted
        s3 = (s3 << 45) | (s3 >> 19)
        return result
    }

    /// Whether something happens that does in so many cases of a thousand; nothing is drawn for 0.
    public mutating func draws(perMille: Int) -> Bool {
        perMille > 0 && Int.random(in: 0..<1000, using: &self) < perMille
    }
}

extension RandomStream {
    /// Draws a number whose order of magnitude is uniform: each doubling is as likely as another.
    ///
    /// Whole numbers only, so that no floating-point function decides anything.
    public mutating func logUniform(_ range: ClosedRange<Int64>) -> Int64 {
        let low = max(1, range.lowerBound)
        let high = max(low, range.upperBound)
        let doublings = Int64.bitWidth - (high / low).leadingZeroBitCount - 1
        let floor = low << Int64.random(in: 0...Int64(doublings), using: &self)
        return .random(in: floor...min(high, max(floor, 2 * floor - 1)), using: &self)
    }
}

/// The generator that spreads one number over the state of a larger one.
///
/// Source: Steele, Lea & Flood, "Fast splittable pseudorandom number generators" (2014).
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
