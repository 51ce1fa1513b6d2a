/// One figure of a row beside the one that is known for it.
public struct EpidemicFigure: Hashable, Sendable {
    /// What it is called: `s`, `m`, `t_ave`, `t_last`, `mean`, `p99`.
    public var symbol: String
    /// What was measured.
    public var value: Double
    /// Half the width of the 99 % interval around it; nil for a quantile.
    public var halfWidth: Double?
    /// What the paper or an earlier simulation says; nil if nothing is known.
    public var known: Double?
    /// How far the two may lie apart, besides the interval, to agree.
    public var tolerance: Double

    /// The figure as text, such as `0.203`.
    public var text: String { value.significant }

    /// The interval as text, such as `±0.006`; empty if there is none.
    public var intervalText: String { halfWidth.map { "±\($0.significant)" } ?? "" }

    /// The known figure as text; empty if there is none.
    public var knownText: String { known.map(\.significant) ?? "" }

    /// Whether measured and known agree; true if nothing is known.
    public var agrees: Bool {
        guard let known else { return true }
        return abs(value - known) <= tolerance + (halfWidth ?? 0)
    }

    /// How the measured figure lies to the known one: `agrees`, `12 % above`, `12 % below`.
    public var comparison: String {
        guard let known else { return "" }
        if agrees { return "agrees" }
        let percent = Int((abs(value - known) * 100 / known).rounded())
        return "\(percent) % " + (value > known ? "above" : "below")
    }
}

extension EpidemicTable.Row {
    /// The figures in the order in which they are printed.
    ///
    /// A figure of the paper agrees if it lies within 5 % and the interval; a quantile of rounds, within
    /// one round.
    public var figures: [EpidemicFigure] {
        if cell.table.isAntiEntropy {
            let known = cell.rounds
            return [
                figure("mean", lastDelay, known?.mean, tolerance: 0.03),
                EpidemicFigure(
                    symbol: "p99", value: lastDelayPercentile99, known: known?.percentile99,
                    tolerance: 1),
            ]
        }
        let known = cell.published
        return [
            figure("s", residue, known?.residue), figure("m", traffic, known?.traffic),
            figure("t_ave", meanDelay, known?.meanDelay),
            figure("t_last", lastDelay, known?.lastDelay),
        ]
    }

    private func figure(
        _ symbol: String, _ estimate: Estimate, _ known: Double?, tolerance: Double = 0.05
    ) -> EpidemicFigure {
        EpidemicFigure(
            symbol: symbol, value: estimate.mean, halfWidth: estimate.halfWidth, known: known,
            tolerance: tolerance * (known ?? 0))
    }
}
