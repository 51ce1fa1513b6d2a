import HistoryModel

/// What stands in tables by a hash of its own.
protocol TableKey: Equatable, BitwiseCopyable, Sendable {
    /// Where it belongs in a table of 2 to the power of `32 - shift` places.
    func home(shift: UInt32) -> Int
    /// One of them, for places that are free.
    static var filler: Self { get }
}

extension ValueCode: TableKey {
    static var filler: ValueCode { .absent }

    /// Its place by multiplication.
    ///
    /// Codes are often numbers in a row, or multiples of one; multiplied, their upper bits differ.
    /// Source: Knuth, "The art of computer programming", volume 3, section 6.4.
    @inline(__always)
    func home(shift: UInt32) -> Int { Int(mixed >> shift) }

    /// The code with its bits mixed, the upper ones best.
    @inline(__always)
    var mixed: UInt32 { UInt32(bitPattern: rawValue) &* 0x9e37_79b9 }
}

extension Int: TableKey {
    static var filler: Int { 0 }

    /// Its place by multiplication, as for codes.
    @inline(__always)
    func home(shift: UInt32) -> Int {
        Int((UInt64(truncatingIfNeeded: self) &* 0x9e37_79b9_7f4a_7c15) >> UInt64(32 &+ shift))
    }
}
