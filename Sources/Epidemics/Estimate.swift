/// A mean with what is known about its error.
public struct Estimate: Hashable, Sendable {
    /// The mean.
    public let mean: Double
    /// Half the width of the 99 % interval around it.
    public let halfWidth: Double
    /// How many numbers it was made from.
    public let count: Int

    /// Makes the estimate from independent numbers.
    public init(_ numbers: [Double]) {
        count = numbers.count
        let mean = numbers.reduce(0, +) / Double(max(1, numbers.count))
        let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let variance = squares / Double(max(1, numbers.count - 1))
        self.mean = mean
        // 2.576: the quantile of the normal distribution; there are never few numbers.
        halfWidth = 2.576 * (variance / Double(max(1, numbers.count))).squareRoot()
    }

    /// Whether an expected number lies within a tolerance and the estimate's own interval.
    public func agrees(with expected: Double, within tolerance: Double) -> Bool {
        abs(mean - expected) <= tolerance + halfWidth
    }
}

extension Estimate: CustomStringConvertible {
    /// The mean and half the width of its interval.
    public var description: String { "\(mean.significant) ±\(halfWidth.significant)" }
}
