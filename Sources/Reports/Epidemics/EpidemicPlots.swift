import Epidemics
import Foundation

/// The pictures of a study of epidemics.
///
/// Filled marks are measured, hollow diamonds were known before, lines are laws.
enum EpidemicPlots {
    private typealias Row = EpidemicTable.Row

    // MARK: - Residue and traffic

    /// What is missed against what is sent, with the law s = e^(−m).
    static func law(_ tables: [EpidemicTable]) -> String {
        var plot = Plot(
            "Sites that are missed (s) by copies sent per site (m)", width: 900, height: 380,
            x: .init(from: 0, to: 7, ticks: (0...7).map { (Double($0), "\($0)") }),
            y: .init(
                from: 1e-6, to: 1, isLogarithmic: true,
                ticks: [1, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6].map { ($0, tenths($0)) }))
        plot.line([(0, 1), (7, exp(-7))], "law")
        plot.label("s = e^(−m)", at: (3.6, exp(-3.6)), moved: (4, -12))
        for table in tables {
            guard let shape = shape(of: table.kind) else { continue }
            for row in table.rows {
                let words = "\(table.kind.name), k = \(row.cell.limit)"
                if let known = row.cell.published {
                    plot.point(
                        (known.traffic, known.residue), .diamond, "known",
                        "\(words), the paper: s \(known.residue), m \(known.traffic)")
                }
                plot.point(
                    (row.traffic.mean, row.residue.mean), shape, "measured \(kind(of: table.kind))",
                    "\(words), measured: s \(row.residue), m \(row.traffic)")
                if table.kind == .pullFeedbackCounter {
                    plot.label(
                        "k = \(row.cell.limit)", at: (row.traffic.mean, row.residue.mean),
                        moved: (9, 4))
                }
            }
        }
        return plot.svg
    }

    private static func shape(of table: EpidemicTable.Kind) -> Plot.Shape? {
        switch table {
        case .pushFeedbackCounter: .circle
        case .pushBlindCoin: .square
        case .pushFeedbackCoin: .triangle
        case .pullFeedbackCounter: .circle
        case .antiEntropyPush, .antiEntropyPull, .antiEntropyPushPull: nil
        }
    }

    private static func kind(of table: EpidemicTable.Kind) -> String {
        table == .pullFeedbackCounter ? "pull" : "push"
    }

    private static func tenths(_ value: Double) -> String {
        value >= 0.01 ? "\(value == 1 ? "1" : "\(value)")" : "1e−\(Int((-log10(value)).rounded()))"
    }

    // MARK: - A table of the paper

    /// One picture for each figure of a table, against k.
    static func panels(_ table: EpidemicTable) -> [String] {
        let names = [
            "s: missed", "m: copies per site", "t_ave: mean cycle", "t_last: last cycle",
        ]
        return names.indices.map { panel(table, figure: $0, title: names[$0]) }
    }

    private static func panel(_ table: EpidemicTable, figure: Int, title: String) -> String {
        let figures = table.rows.map { ($0.cell.limit, $0.figures[figure]) }
        let limits = figures.map(\.0)
        let values = figures.flatMap { [$0.1.value] + ($0.1.known.map { [$0] } ?? []) }
        let largest = Double(limits.max() ?? 1)
        var plot = Plot(
            title, width: 230, height: 180,
            x: .init(
                from: 0.5, to: max(largest, 3) + 0.5,
                ticks: limits.map { (Double($0), "k = \($0)") }),
            y: figure == 0 ? decades(values) : upTo(values.max() ?? 1))
        for (limit, figure) in figures {
            // Side by side: one would hide the other.
            if let known = figure.known {
                plot.point(
                    (Double(limit) + 0.16, known), .diamond, "known",
                    "k = \(limit), the paper: \(figure.symbol) \(figure.knownText)")
            }
            plot.point(
                (Double(limit) - 0.16, figure.value), .circle,
                "measured " + kind(of: table.kind),
                "k = \(limit), measured: \(figure.symbol) \(figure.text) \(figure.intervalText)",
                halfWidth: figure.halfWidth)
        }
        return plot.svg
    }

    /// Whole powers of ten around some numbers.
    private static func decades(_ values: [Double]) -> Plot.Axis {
        let least = values.filter { $0 > 0 }.min() ?? 0.1
        let low = min(-1, Int(log10(least).rounded(.down)))
        let step = low < -3 ? 2 : 1
        return Plot.Axis(
            from: pow(10, Double(low)), to: 1, isLogarithmic: true,
            ticks: stride(from: 0, through: low, by: -step).map { power in
                let value = pow(10, Double(power))
                return (value, tenths(value))
            })
    }

    /// From zero to a round number above all.
    private static func upTo(_ largest: Double) -> Plot.Axis {
        let step = [0.5, 1, 2, 5, 10, 20, 50].first { $0 * 5 >= largest } ?? 100
        let count = Int((largest / step).rounded(.up))
        return Plot.Axis(
            from: 0, to: Double(count) * step,
            ticks: (0...count).map { place in
                let value = Double(place) * step
                return (value, step < 1 ? Display.decimal(value, places: 1) : "\(Int(value))")
            })
    }

    // MARK: - Rounds

    /// The rounds until all know against the number of sites.
    static func rounds(_ table: EpidemicTable) -> String {
        let sizes = [5, 9, 25, 100, 1000]
        var plot = Plot(
            table.kind.name.replacing("anti-entropy, ", with: ""), width: 320, height: 250,
            x: .init(
                from: 4, to: 1250, isLogarithmic: true,
                ticks: sizes.map { (Double($0), "\($0)") }),
            y: .init(
                from: 0, to: 24,
                ticks: stride(from: 0, through: 24, by: 4).map { (Double($0), "\($0)") }))
        let rows = table.rows.sorted { $0.cell.siteCount < $1.cell.siteCount }
        if table.kind == .antiEntropyPush {
            plot.line([5.0, 1000].map { ($0, log2($0) + log($0)) }, "law")
            plot.label("log2 n + ln n", at: (100, 11.2), moved: (14, 14))
        }
        plot.line(rows.map { (Double($0.cell.siteCount), $0.lastDelay.mean) }, "trend")
        plot.line(rows.map { (Double($0.cell.siteCount), $0.lastDelayPercentile99) }, "trend")
        for row in rows { add(row, to: &plot) }
        if let last = rows.last {
            let size = Double(last.cell.siteCount)
            plot.label(
                "mean", at: (size, last.lastDelay.mean), moved: (-2, 17), anchor: "middle")
            plot.label(
                "p99", at: (size, last.lastDelayPercentile99), moved: (-2, -10), anchor: "middle")
        }
        return plot.svg
    }

    private static func add(_ row: EpidemicTable.Row, to plot: inout Plot) {
        let size = Double(row.cell.siteCount)
        for (figure, shape) in zip(row.figures, [Plot.Shape.circle, .square]) {
            if let known = figure.known {
                plot.point(
                    (size, known), .diamond, "known",
                    "n = \(row.cell.siteCount), expected: \(figure.symbol) \(figure.knownText)")
            }
            plot.point(
                (size, figure.value), shape, "measured rounds",
                "n = \(row.cell.siteCount), measured: \(figure.symbol) \(figure.text) "
                    + figure.intervalText, halfWidth: figure.halfWidth)
        }
    }
}
