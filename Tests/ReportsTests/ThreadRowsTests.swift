import HistoryModel
@testable import Reports
import Testing

@Suite struct ThreadRowsTests {
    /// Operations from (process, call, return, outcome).
    private func operations(
        _ lines: [(Int, Int, Int?, EventType)]
    ) throws(HistoryError) -> OperationList {
        let events = lines.flatMap { process, call, end, type in
            [
                Event(index: call, process: ProcessID(process), type: .invoke, function: .read)
            ]
                + (end.map {
                    [Event(index: $0, process: ProcessID(process), type: type, function: .read)]
                } ?? [])
        }
        return try OperationList(History(events: events.sorted { $0.index < $1.index }))
    }

    @Test func `a retired process is followed by another in the same row`() throws {
        let rows = ThreadRows(
            try operations([(0, 0, 2, .info), (1, 1, 3, .ok), (2, 4, 6, .ok), (1, 5, 7, .ok)]))
        #expect(rows.name == "thread")
        #expect(rows.rows == [0, 1, 0, 1])
    }

    @Test func `threads are told from processes that retire in another order than they began`()
        throws
    {
        let rows = ThreadRows(
            try operations([
                (0, 0, 9, .info), (1, 1, 3, .info), (4, 4, 6, .ok), (2, 5, 7, .ok),
                (4, 8, 12, .ok), (3, 10, 13, .ok),
            ]))
        #expect(rows.name == "thread")
        #expect(rows.rows == [0, 1, 1, 2, 1, 0])
    }

    @Test func `processes that follow no rule have a row each`() throws {
        let rows = ThreadRows(
            try operations([(0, 0, 3, .info), (7, 1, 4, .ok), (15, 2, 6, .ok), (23, 5, 7, .ok)]))
        #expect(rows.name == "process")
        #expect(rows.labels == ["0", "7", "15", "23"])
    }

    @Test func `too many processes share lanes`() throws {
        let many = (0..<50).map { ($0, $0 * 2, $0 * 2 + 1 as Int?, EventType.ok) }
        let rows = ThreadRows(try operations(many))
        #expect(rows.name == "lane")
        #expect(rows.labels.count == 1)
    }

    @Test func `no row holds two operations at one time`() throws {
        let operations = try SampleRun(operations: 4_000).record().history.operations()
        let rows = ThreadRows(operations)
        #expect(rows.name == "thread" && rows.labels.count == 10)
        var freeFrom: [Int32: Int] = [:]
        for (operation, row) in zip(operations, rows.rows) {
            #expect(operation.call > freeFrom[row, default: -1])
            freeFrom[row] = operation.return ?? operation.call
        }
    }
}
