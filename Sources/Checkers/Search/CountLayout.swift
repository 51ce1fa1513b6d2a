/// Where a configuration keeps how many unknowns of each class it has used.
///
/// The counts are packed into words, each below a guard bit that makes them comparable at once.
struct CountLayout: Sendable {
    /// The count of one class.
    struct Place: Sendable {
        /// The word that holds it.
        var word: Int
        /// One use of the class, in that word.
        var unit: UInt64
        /// The bits of the count, in that word.
        var mask: UInt64
    }

    /// Per class: its count.
    private(set) var places: [Place] = []
    /// Per word of counts: the bit above each count, which is always zero.
    private(set) var guards: [UInt64] = []

    /// Makes room for classes of these sizes, behind `keyWords` other words.
    init(sizes: [Int], keyWords: Int) {
        var bit = 64
        for size in sizes {
            let width = Int.bitWidth - size.leadingZeroBitCount
            if bit + width + 1 > 64 {
                bit = 0
                guards.append(0)
            }
            places.append(
                Place(
                    word: keyWords + guards.count - 1, unit: 1 << UInt64(bit),
                    mask: ((1 << UInt64(width)) - 1) << UInt64(bit)))
            guards[guards.count - 1] |= 1 << UInt64(bit + width)
            bit += width + 1
        }
    }
}
