import HistoryModel

extension ValueCode {
    /// Where a code belongs in a table of 2 to the power of `32 - shift` places.
    ///
    /// Codes are often numbers in a row, or multiples of one; multiplied, their upper bits differ.
    /// Source: Knuth, "The art of computer programming", volume 3, section 6.4.
    @inline(__always)
    func home(shift: UInt32) -> Int { Int(mixed >> shift) }

    /// The code with its bits mixed, the upper ones best.
    @inline(__always)
    var mixed: UInt32 { UInt32(bitPattern: rawValue) &* 0x9e37_79b9 }
}
