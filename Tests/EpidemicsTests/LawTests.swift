import GossipCore
import Testing
import Vocabulary

@testable import Epidemics

/// The paper by Demers and others (1987), with fewer runs than the full study, so with wider intervals.
@Suite struct `The laws of epidemics` {
    private func row(_ cell: EpidemicCell, runs: Int, sites: Int? = nil) -> EpidemicTable.Row {
        var cell = cell
        cell.siteCount = sites ?? cell.siteCount
        let outcomes = (0..<runs).map { cell.outcome(run: $0, seed: Seed(1)) }
        return EpidemicTable.Row(cell: cell, outcomes: outcomes)
    }

    @Test(arguments: EpidemicCell.pushFeedbackCounter + EpidemicCell.pushBlindCoin)
    func `what a push misses follows from its traffic`(cell: EpidemicCell) {
        let row = row(cell, runs: 8)
        #expect(row.laws.count == 1)
        #expect(row.laws.filter { !$0.holds } == [])
    }

    /// Table 1 comes out if a contact in which the rumor was needed sets the count back, and all who turn to
    /// a site in one cycle count as needed.
    @Test func `a push misses what the paper says`() {
        let push = row(EpidemicCell.pushFeedbackCounter[1], runs: 20)
        let figures = push.figures
        #expect(figures[0].agrees && figures[1].agrees && figures[3].agrees, "\(push)")
    }

    @Test func `a pull misses less for the same traffic`() {
        let pull = row(EpidemicCell.pullFeedbackCounter[0], runs: 12)
        #expect(pull.residue.agrees(with: 0.031, within: 0.006))
        #expect(pull.traffic.agrees(with: 2.7, within: 0.1))
        #expect(pull.meanDelay.agrees(with: 9.97, within: 0.3))
        #expect(pull.residue.mean < (-pull.traffic.mean).exponential / 1.5)
    }

    @Test(arguments: EpidemicCell.antiEntropy.filter { $0.siteCount <= 25 })
    func `anti-entropy takes as many rounds as it should`(cell: EpidemicCell) {
        let row = row(cell, runs: 300)
        #expect(row.laws.count >= 2)
        #expect(row.laws.filter { !$0.holds } == [])
        #expect(row.residue.mean == 0)
    }

    @Test func `a pull squares the share of those that do not know`() {
        var settings = AntiEntropySettings()
        settings.comparison = .full
        settings.direction = .pull
        var epidemic = SynchronousEpidemic(
            siteCount: 3000, seed: Seed(2), rumors: nil, antiEntropy: settings)
        var count = 0
        while epidemic.unawareCount > 60 {
            let before = Double(epidemic.unawareCount) / 3000
            epidemic.advance()
            let after = Double(epidemic.unawareCount) / 3000
            guard before < 0.9 else { continue }
            count += 1
            #expect(abs(after - before * before) < 0.03)
        }
        #expect(count >= 3)
    }

    @Test func `a law can be broken`() {
        let cell = EpidemicCell.pushFeedbackCounter[0]
        let outcomes = (0..<100).map { run in
            EpidemicOutcome(
                residue: run % 2 == 0 ? 0.24 : 0.26, traffic: 1.7, meanDelay: 1, lastDelay: 1)
        }
        let laws = EpidemicTable.Row(cell: cell, outcomes: outcomes).laws
        #expect(laws.map(\.holds) == [false])
    }

    @Test func `equal seeds give equal epidemics`() {
        let cell = EpidemicCell.pushBlindCoin[2]
        #expect(cell.outcome(run: 3, seed: Seed(5)) == cell.outcome(run: 3, seed: Seed(5)))
        #expect(cell.outcome(run: 3, seed: Seed(5)) != cell.outcome(run: 4, seed: Seed(5)))
    }
}

@Suite struct `Numbers` {
    @Test func `have exponentials and logarithms`() {
        for (number, exponential) in [
            (0.0, 1.0), (1, 2.718281828459045), (-6.7, 0.0012309119026734),
        ] {
            #expect(abs(number.exponential - exponential) < 1e-12)
        }
        #expect(abs(1000.0.naturalLogarithm - 6.907755278982137) < 1e-12)
        #expect(abs(0.3.naturalLogarithm + 1.2039728043259361) < 1e-12)
        #expect(abs(1024.0.binaryLogarithm - 10) < 1e-12)
    }

    @Test func `are written with three digits`() {
        #expect(
            [17.64, 2.7, 0.18, 0.037, 0.00058, 4e-6, 0].map(\.significant)
                == ["17.6", "2.70", "0.180", "0.0370", "5.8e-4", "4.0e-6", "0"])
        #expect((-1.25).fixed(1) == "-1.3")
        #expect(2.04.fixed(2) == "2.04")
    }

    @Test func `have intervals that hold the mean in 99 of 100 cases`() {
        var random = Seed(3).stream("estimates")
        let hits = (0..<2000).count { _ in
            let numbers = (0..<50).map { _ in Double.random(in: 0...1, using: &random) }
            return Estimate(numbers).agrees(with: 0.5, within: 0)
        }
        #expect((1960...1995).contains(hits))
    }
}
