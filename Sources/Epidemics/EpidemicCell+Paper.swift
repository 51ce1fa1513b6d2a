import GossipCore

// The cells that are published, or known from a simulation, with their figures.

extension EpidemicCell {
    /// All cells, the costly ones first, so that workers that share them end together.
    ///
    /// - Parameter effort: 1 for at least 100 runs a cell, and 1,000 where less than a hundredth of the
    ///   sites is missed; other numbers for as many times more or fewer.
    /// - Returns: The cells.
    public static func all(effort: Double = 1) -> [EpidemicCell] {
        (pullFeedbackCounter + pushFeedbackCounter + pushBlindCoin + pushFeedbackCoin
            + antiEntropy).map { cell in
                var cell = cell
                cell.runCount = max(2, Int(Double(cell.runCount) * effort))
                return cell
            }
    }

    /// A cell of table 1 with any limit and number of sites, of which nothing is known beforehand.
    ///
    /// - Parameters:
    ///   - limit: k: after so many vain contacts a site loses interest.
    ///   - siteCount: How many sites there are.
    /// - Returns: The cell.
    public static func rumor(limit: Int, siteCount: Int) -> EpidemicCell {
        var cell = rumor(
            .pushFeedbackCounter, .demers(.push, hasFeedback: true, .counter(limit)), limit, nil)
        cell.siteCount = siteCount
        return cell
    }

    private static func rumor(
        _ table: EpidemicTable.Kind, _ settings: RumorSettings, _ limit: Int,
        _ figures: (Double, Double, Double, Double)?
    ) -> EpidemicCell {
        let published = figures.map {
            Published(residue: $0.0, traffic: $0.1, meanDelay: $0.2, lastDelay: $0.3)
        }
        return EpidemicCell(
            table: table, limit: limit, siteCount: 1000, rumors: settings,
            runCount: published.map { $0.residue < 0.01 } ?? false ? 1000 : 200,
            published: published)
    }

    /// Table 1.
    static var pushFeedbackCounter: [EpidemicCell] {
        [
            (0.18, 1.7, 11.0, 16.8), (0.037, 3.3, 12.1, 16.9), (0.011, 4.5, 12.5, 17.4),
            (0.0036, 5.6, 12.7, 17.5), (0.0012, 6.7, 12.8, 17.7),
        ].enumerated().map { place, figures in
            rumor(
                .pushFeedbackCounter,
                .demers(.push, hasFeedback: true, .counter(place + 1)), place + 1, figures)
        }
    }

    /// Table 2.
    static var pushBlindCoin: [EpidemicCell] {
        [
            (0.96, 0.04, 19, 38), (0.20, 1.6, 17, 33), (0.060, 2.8, 15, 32),
            (0.021, 3.9, 14.1, 32), (0.008, 4.9, 13.8, 32),
        ].enumerated().map { place, figures in
            rumor(
                .pushBlindCoin, .demers(.push, hasFeedback: false, .coin(place + 1)), place + 1,
                figures)
        }
    }

    /// Table 3.
    static var pullFeedbackCounter: [EpidemicCell] {
        [(3.1e-2, 2.7, 9.97, 17.6), (5.8e-4, 4.5, 10.07, 15.4), (4e-6, 6.1, 10.08, 14.0)]
            .enumerated().map { place, figures in
                rumor(
                    .pullFeedbackCounter,
                    .demers(.pull, hasFeedback: true, .counter(place + 1)), place + 1, figures)
            }
    }

    /// What the differential equations are about: in them no two contacts happen at one time.
    static var pushFeedbackCoin: [EpidemicCell] {
        (1...3).map {
            var cell = rumor(
                .pushFeedbackCoin, .demers(.push, hasFeedback: true, .coin($0)), $0, nil)
            cell.learnsAtOnce = true
            return cell
        }
    }

    /// Full exchange with one uniform peer a round.
    static var antiEntropy: [EpidemicCell] {
        let known:
            [(Int, Int, push: (Double, Double), pull: (Double, Double), both: (Double, Double))] = [
                (1000, 600, (18.2, 22), (13.7, 18), (9.2, 10)),
                (100, 3000, (12.2, 16), (9.7, 14), (6.5, 8)),
                (25, 6000, (8.5, 13), (7.1, 11), (4.8, 6)),
                (9, 10_000, (5.7, 10), (4.8, 8), (3.3, 5)),
                (5, 10_000, (3.9, 8), (3.4, 7), (2.4, 4)),
            ]
        return known.flatMap { sites, runs, push, pull, both in
            [
                (EpidemicTable.Kind.antiEntropyPush, Direction.push, push),
                (.antiEntropyPull, .pull, pull), (.antiEntropyPushPull, .pushPull, both),
            ].map { table, direction, rounds in
                var settings = AntiEntropySettings()
                settings.comparison = .full
                settings.direction = direction
                return EpidemicCell(
                    table: table, siteCount: sites, antiEntropy: settings, runCount: runs,
                    rounds: Rounds(mean: rounds.0, percentile99: rounds.1))
            }
        }
    }
}
