internal import Epidemics
internal import GossipCore
internal import Vocabulary

// Claims about many nodes, in synchronous rounds.

extension GossipConformance {
    private static func row(_ cell: EpidemicCell, runs: Int) -> EpidemicTable.Row {
        EpidemicTable.Row(
            cell: cell, outcomes: (0..<runs).map { cell.outcome(run: $0, seed: Seed(11)) })
    }

    private static func text(_ number: Double) -> String {
        "\(Double(Int((number * 10_000).rounded())) / 10_000)"
    }

    static var rumors: ConformanceScenario {
        ConformanceScenario(
            "rumor mongering spreads only new data and may miss some nodes",
            injecting: "1,000 sites, push with feedback and counter, k = 1, 100 runs; "
                + "20 with anti-entropy behind"
        ) {
            let cell = EpidemicCell.all().first {
                $0.table == .pushFeedbackCounter && $0.limit == 1
            }
            guard let cell else { return .init("there is no such cell", false) }
            let row = row(cell, runs: 100)
            var backed = cell
            backed.antiEntropy = AntiEntropySettings()
            let residues = (0..<20).map { backed.outcome(run: $0, seed: Seed(11)).residue }
            let residue = residues.max() ?? 1
            let law = row.laws.first
            return .init(
                "residue \(text(row.residue.mean)) at \(text(row.traffic.mean)) messages a site; "
                    + (law.map { "\($0.statement): \(text($0.expected))" } ?? "")
                    + "; with anti-entropy behind at most \(text(residue))",
                row.residue.mean > 0.05 && row.laws.allSatisfy(\.holds) && residue == 0)
        }
    }

    static var rounds: ConformanceScenario {
        ConformanceScenario(
            "an update needs O(log N) rounds",
            injecting:
                "anti-entropy, push-pull, 5 to 1,000 sites, 40 runs of the largest, 200 of the others"
        ) {
            let cells = EpidemicCell.all().filter { $0.table == .antiEntropyPushPull }
            let rows = cells.map { row($0, runs: $0.siteCount > 500 ? 40 : 200) }
            let means = rows.map { row in
                "\(row.cell.siteCount): \(text(row.lastDelay.mean)) / "
                    + "\(Int(row.lastDelayPercentile99))"
            }
            let isLogarithmic = rows.allSatisfy { row in
                let doublings = Double(Int.bitWidth - (row.cell.siteCount - 1).leadingZeroBitCount)
                return row.lastDelay.mean <= doublings + 1
            }
            return .init(
                "rounds by sites, mean / p99: " + means.joined(separator: ", ")
                    + "; means never above log2 N + 1",
                isLogarithmic && rows.count >= 4 && rows.allSatisfy { $0.laws.allSatisfy(\.holds) })
        }
    }
}
