/// A law of epidemics beside what was observed.
public struct EpidemicLaw: Hashable, Sendable {
    /// The law, as a formula or a sentence.
    public var statement: String
    /// What it says.
    public var expected: Double
    /// What was seen.
    public var observed: Double
    /// Whether they agree within the law's tolerance and the observation's own 99 % interval.
    public var holds: Bool

    /// What it says, as text.
    public var expectedText: String { expected.significant }

    /// What was seen, as text.
    public var observedText: String { observed.significant }

    static func judge(_ row: EpidemicTable.Row) -> [EpidemicLaw] {
        switch row.cell.table {
        case .pushFeedbackCounter, .pushBlindCoin: [residueOfTraffic(row)]
        case .pushFeedbackCoin: [residueOfTraffic(row), residueOfLimit(row)]
        case .pullFeedbackCounter: asPublished(row)
        case .antiEntropyPush: rounds(row) + [logarithm(row)]
        case .antiEntropyPull, .antiEntropyPushPull: rounds(row)
        }
    }

    /// A site is missed by all copies: each goes to any site with equal probability.
    private static func residueOfTraffic(_ row: EpidemicTable.Row) -> EpidemicLaw {
        let expected = (-row.traffic.mean).exponential
        return EpidemicLaw(
            statement: "s = e^(-m)", expected: expected, observed: row.residue.mean,
            holds: row.residue.agrees(with: expected, within: 0.1 * expected))
    }

    /// What the differential equations of the epidemic say (Demers and others 1987, §1.4).
    private static func residueOfLimit(_ row: EpidemicTable.Row) -> EpidemicLaw {
        var expected = 0.1
        for _ in 0..<100 {
            expected = (-Double(row.cell.limit + 1) * (1 - expected)).exponential
        }
        return EpidemicLaw(
            statement: "s = e^(-(k+1)(1-s))", expected: expected, observed: row.residue.mean,
            holds: row.residue.agrees(with: expected, within: 0.1 * expected))
    }

    /// Of a pull no law is known, but the paper's table can be reproduced as it stands.
    private static func asPublished(_ row: EpidemicTable.Row) -> [EpidemicLaw] {
        guard let published = row.cell.published else { return [] }
        return [
            EpidemicLaw(
                statement: "s as published", expected: published.residue,
                observed: row.residue.mean,
                holds: row.residue.agrees(
                    with: published.residue, within: 0.1 * published.residue)),
            EpidemicLaw(
                statement: "m as published", expected: published.traffic,
                observed: row.traffic.mean,
                holds: row.traffic.agrees(
                    with: published.traffic, within: 0.03 * published.traffic)),
        ]
    }

    private static func rounds(_ row: EpidemicTable.Row) -> [EpidemicLaw] {
        guard let rounds = row.cell.rounds else { return [] }
        return [
            EpidemicLaw(
                statement: "mean rounds", expected: rounds.mean, observed: row.lastDelay.mean,
                holds: row.lastDelay.agrees(with: rounds.mean, within: 0.03 * rounds.mean)),
            EpidemicLaw(
                statement: "p99 rounds", expected: rounds.percentile99,
                observed: row.lastDelayPercentile99,
                holds: abs(row.lastDelayPercentile99 - rounds.percentile99) <= 1),
        ]
    }

    /// The rounds of a push (Pittel, "On spreading a rumor", 1987).
    private static func logarithm(_ row: EpidemicTable.Row) -> EpidemicLaw {
        let size = Double(row.cell.siteCount)
        let expected = size.binaryLogarithm + size.naturalLogarithm
        return EpidemicLaw(
            statement: "log2 n + ln n + O(1)", expected: expected, observed: row.lastDelay.mean,
            holds: row.lastDelay.agrees(with: expected, within: 2))
    }
}
