/// The sums that some of a growing number of changes can come to.
///
/// Exact as long as the sums are few or have no holes, which they have not after a few changes of the
/// usual sizes; beyond that only bounds and the greatest common divisor are known, so that some sums that
/// are impossible count as possible.
struct SubsetSums {
    /// What is known of the sums within the bounds.
    private enum Knowledge {
        case each(Set<Int64>)
        /// Every multiple of the divisor is one.
        case whole
        /// Some multiples of the divisor are.
        case some
    }

    /// The least and the greatest sum.
    private(set) var bounds: ClosedRange<Int64> = 0...0
    /// Whether the bounds do not fit 64 bits, so that nothing is known.
    private(set) var isTooLarge = false
    private var knowledge = Knowledge.each([0])
    private var divisor: UInt64 = 0

    private static let sumsMax: UInt64 = 1 << 14

    /// Adds a change.
    ///
    /// - Complexity: O(1) once the sums have no holes, else O(number of sums).
    mutating func add(_ change: Int64) {
        guard change != 0 else { return }
        let (low, isTooLow) = bounds.lowerBound.addingReportingOverflow(min(0, change))
        let (high, isTooHigh) = bounds.upperBound.addingReportingOverflow(max(0, change))
        let (width, isTooWide) = high.subtractingReportingOverflow(low)
        guard !isTooLow, !isTooHigh, !isTooWide, !isTooLarge else { return isTooLarge = true }
        let before = each(reachedBy: change)
        bounds = low...high
        divisor = Self.greatestCommonDivisor(divisor, change.magnitude)
        guard let before else { return }
        let sums = before.union(before.map { $0 + change })
        if UInt64(sums.count) == UInt64(width) / divisor + 1 {
            knowledge = .whole
        } else {
            knowledge = sums.count > Self.sumsMax ? .some : .each(sums)
        }
    }

    /// All sums so far, if the next change asks for them; else what is known of them goes for the next
    /// ones as well.
    private mutating func each(reachedBy change: Int64) -> Set<Int64>? {
        switch knowledge {
        case .each(let sums): return sums
        case .some: return nil
        case .whole:
            let width = UInt64(bounds.upperBound - bounds.lowerBound)
            // Then the sums with and without the change overlap or follow each other.
            if change.magnitude % divisor == 0, change.magnitude <= width + divisor { return nil }
            guard width / divisor < Self.sumsMax else {
                knowledge = .some
                return nil
            }
            return Set(
                stride(from: bounds.lowerBound, through: bounds.upperBound, by: .init(divisor)))
        }
    }

    /// Whether some of the changes may come to a sum.
    func canBe(_ sum: Int64) -> Bool {
        if isTooLarge { return true }
        guard bounds.contains(sum) else { return false }
        if case .each(let sums) = knowledge { return sums.contains(sum) }
        return sum.magnitude % divisor == 0
    }

    private static func greatestCommonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
        var (left, right) = (left, right)
        while right != 0 { (left, right) = (right, left % right) }
        return left
    }
}
