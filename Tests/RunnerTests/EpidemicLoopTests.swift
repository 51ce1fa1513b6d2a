import Epidemics
import Runner
import Synchronization
import Testing
import Vocabulary

@Suite struct EpidemicLoopTests {
    private static let cells = [2, 3].map { limit in
        var cell = EpidemicCell.rumor(limit: limit, siteCount: 50)
        cell.runCount = 8
        return cell
    }

    private func tables(jobs: Int) async throws -> [EpidemicTable] {
        try await EpidemicLoop(cells: Self.cells, seed: Seed(1), jobs: jobs)
            .run(stops: AsyncStream { $0.finish() }) { _ in }
    }

    @Test func `all runs are there, whoever does them`() async throws {
        let tables = try await tables(jobs: 1)
        #expect(tables.map(\.kind) == [.pushFeedbackCounter])
        #expect(tables.flatMap(\.rows).map(\.cell) == Self.cells)
        #expect(tables.flatMap(\.rows).map(\.lastDelay.count) == [8, 8])
        #expect(try await self.tables(jobs: 3) == tables)
    }

    @Test func `what is done is kept when it is ended early`() async throws {
        var endless = EpidemicCell.rumor(limit: 3, siteCount: 50)
        endless.runCount = 10_000_000
        let (stops, stop) = AsyncStream<Void>.makeStream()
        let tables = try await EpidemicLoop(
            cells: [Self.cells[0], endless, Self.cells[1]], seed: Seed(1), jobs: 2
        ).run(stops: stops) { place in
            if place == 1 { stop.yield() }
        }
        #expect(tables.flatMap(\.rows).map(\.cell) == [Self.cells[0]])
    }
}
