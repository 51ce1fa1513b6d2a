/// How often a scenario failed, and what that says about how often it does.
public struct ReproductionRate: Hashable, Sendable {
    /// How many runs failed.
    public var failed: Int
    /// How many runs there were.
    public var runs: Int

    /// Makes the rate of `failed` of `runs` runs, 0 ≤ failed ≤ runs.
    public init(failed: Int, runs: Int) {
        self.failed = failed
        self.runs = runs
    }

    /// Where the true rate lies with 95 % confidence; 0...1 if there were no runs.
    ///
    /// Unlike the textbook interval it is honest for few runs and for rates near 0 and 1.
    ///
    /// Source: Wilson, "Probable inference, the law of succession, and statistical inference" (1927).
    public var interval: ClosedRange<Double> {
        guard runs > 0 else { return 0...1 }
        let n = Double(runs)
        let p = Double(failed) / n
        let z = 1.959963984540054
        let centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        let spread = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
        // Rounding must not put 0 of n above 0, nor n of n below 1.
        let low = failed == 0 ? 0 : max(0, centre - spread)
        let high = failed == runs ? 1 : min(1, centre + spread)
        return low...high
    }
}

extension ReproductionRate: CustomStringConvertible {
    /// Such as `7 of 10 runs (70 %, 40 to 89 % with 95 % confidence)`.
    public var description: String {
        guard runs > 0 else { return "no runs" }
        func percent(_ rate: Double) -> Int { Int((100 * rate).rounded()) }
        let range = interval
        return "\(failed) of \(runs) runs (\(percent(Double(failed) / Double(runs))) %, "
            + "\(percent(range.lowerBound)) to \(percent(range.upperBound)) % with 95 % confidence)"
    }
}
