import GossipCore
import Testing
import Vocabulary

@testable import Epidemics

/// The simple epidemic against itself played out, and against the settings of a store.
@Suite struct `A simple epidemic` {
    @Test func `of two sites is an exponential`() {
        let shares = SimpleEpidemic(siteCount: 2, contactsPerSecond: 3).shares(at: [0, 0.2, 1, 9])
        for (share, time) in zip(shares, [0, 0.2, 1, 9]) {
            #expect(abs(share - (1 - (-3 * time).exponential / 2)) < 0.01)
        }
    }

    @Test(arguments: [5, 40]) func `spreads as fast as when it is played out`(siteCount: Int) {
        let times = [0.05, 0.1, 0.2, 0.3, 0.5, 1]
        let shares = SimpleEpidemic(siteCount: siteCount, contactsPerSecond: 20).shares(at: times)
        var random = Seed(1).stream("epidemic \(siteCount)")
        var sums = [Double](repeating: 0, count: times.count)
        let runs = 2_000
        for _ in 0..<runs {
            var now = 0.0
            var count = 1
            var reached = 0
            while reached < times.count {
                let rate =
                    20 * Double(count) * Double(siteCount - count) / Double(siteCount - 1)
                let wait =
                    rate > 0
                    ? -Double.random(in: 1e-9..<1, using: &random).naturalLogarithm / rate
                    : .infinity
                while reached < times.count, times[reached] < now + wait {
                    sums[reached] += Double(count) / Double(siteCount)
                    reached += 1
                }
                now += wait
                count += 1
            }
        }
        for (share, sum) in zip(shares, sums) {
            #expect(abs(share - sum / Double(runs)) < 0.02)
        }
    }

    @Test func `counts what the settings say`() {
        var configuration = GossipConfiguration(id: NodeID(1), members: (1...10).map { NodeID($0) })
        configuration.jitterPercent = 20
        configuration.rumors?.fanOut = 2
        configuration.rumors?.interval = 100_000_000
        configuration.antiEntropy?.direction = .pushPull
        configuration.antiEntropy?.interval = 500_000_000
        let both = SimpleEpidemic(configuration)
        #expect(both.siteCount == 10)
        #expect(abs(both.contactsPerSecond - (2 / 0.11 + 2 / 0.55)) < 1e-9)
        #expect(
            both.derivation
                == "rumors: push with 2 of the others every 110 ms; "
                + "anti-entropy: push-pull with 1 of the others every 550 ms")
        configuration.rumors = nil
        configuration.antiEntropy?.direction = .pull
        #expect(abs(SimpleEpidemic(configuration).contactsPerSecond - 1 / 0.55) < 1e-9)
        configuration.antiEntropy = nil
        #expect(SimpleEpidemic(configuration).shares(at: [1, 100]) == [0.1, 0.1])
    }
}

@Suite struct `A study of epidemics` {
    private func row(_ cell: EpidemicCell, residue: Double, traffic: Double) -> EpidemicTable.Row {
        let outcomes = (0..<10).map { _ in
            EpidemicOutcome(residue: residue, traffic: traffic, meanDelay: 9, lastDelay: 17)
        }
        return EpidemicTable.Row(cell: cell, outcomes: outcomes)
    }

    @Test func `says how a figure lies to the known one`() {
        let figures = row(EpidemicCell.pushFeedbackCounter[0], residue: 0.9, traffic: 1.7).figures
        #expect(figures.map(\.symbol) == ["s", "m", "t_ave", "t_last"])
        #expect(figures.map(\.comparison) == ["400 % above", "agrees", "18 % below", "agrees"])
        #expect(figures.map(\.agrees) == [false, true, false, true])
        let unknown = row(EpidemicCell.pushFeedbackCoin[0], residue: 0.2, traffic: 1.6).figures
        #expect(unknown.allSatisfy { $0.agrees && $0.comparison.isEmpty && $0.known == nil })
    }

    @Test func `names the law that fails, and where`() {
        let good = row(EpidemicCell.pushFeedbackCounter[0], residue: 0.1827, traffic: 1.7)
        let bad = row(EpidemicCell.pushFeedbackCounter[1], residue: 0.5, traffic: 3.3)
        func study(_ rows: [EpidemicTable.Row], of count: Int) -> EpidemicStudy {
            EpidemicStudy(
                tables: [EpidemicTable(kind: .pushFeedbackCounter, rows: rows)], cellCount: count,
                effort: 1, seed: 1)
        }
        #expect(study([good], of: 1).conclusion == "The one law holds.")
        #expect(
            study([good, bad], of: 2).conclusion
                == "1 of 2 laws fails: s = e^(-m) at push, feedback, counter, k = 2.")
        #expect(
            study([good], of: 3).conclusion == "Ended early, with 1 of 3 cells. The one law holds.")
        #expect(!study([good, bad], of: 2).holds)
        #expect(!study([good], of: 3).isWhole)
    }
}
