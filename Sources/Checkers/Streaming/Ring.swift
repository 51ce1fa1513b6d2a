/// Plain values by numbers that go on rising, of which only the last so many are kept.
///
/// Arrays that are changed ask at every access whether somebody shares them and whether the place is
/// there; in the innermost loops of a monitor that is most of the work. Here a number is taken
/// modulo the capacity, a power of two, so no number can lead out of the memory.
struct Ring<Element: BitwiseCopyable>: ~Copyable {
    private var base: UnsafeMutablePointer<Element>
    private var mask: Int
    private let filler: Element

    /// Makes room for 2 to the power of `bits` values, all `filler`.
    init(_ filler: Element, bits: Int) {
        mask = 1 << bits - 1
        base = .allocate(capacity: 1 << bits)
        base.initialize(repeating: filler, count: 1 << bits)
        self.filler = filler
    }

    deinit { base.deallocate() }

    /// How many values are kept.
    var capacity: Int { mask &+ 1 }

    /// The value of a number.
    subscript(number: Int) -> Element {
        @inline(__always) get { base[number & mask] }
        @inline(__always) _modify { yield &base[number & mask] }
    }

    /// Moves the values of some numbers up by one; they and the next must be within one capacity.
    mutating func moveUp(_ numbers: Range<Int>) {
        precondition(numbers.lowerBound >= 0 && numbers.upperBound <= mask)
        let start = base + numbers.lowerBound
        (start + 1).update(from: start, count: numbers.count)
    }

    /// Doubles the capacity; of all numbers only those of a range keep their values.
    mutating func grow(keeping numbers: Range<Int>) {
        var larger = Ring(filler, bits: (mask + 1).trailingZeroBitCount + 1)
        for number in numbers { larger[number] = self[number] }
        swap(&self, &larger)
    }

    /// The same values in memory of their own.
    func copy() -> Ring {
        var copy = Ring(filler, bits: capacity.trailingZeroBitCount)
        for number in 0..<capacity { copy[number] = self[number] }
        return copy
    }
}
