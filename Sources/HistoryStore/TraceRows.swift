internal import GRDB
internal import HistoryModel
internal import Vocabulary

/// Makes trace events of rows.
struct TraceRows {
    private var select: RawSelect
    private var names = KnownWords<String>()

    /// All traces of a run file in the order of their times.
    ///
    /// - Throws: ``RunStoreError`` if they are more than the file can hold, else what SQLite says.
    static func all(_ db: Database, _ path: String) throws -> TraceList {
        let size = RunFileSize(path)
        let statement = try db.makeStatement(
            sql: """
                SELECT time_ns, node, name, term, log_index, hash, entry_term, count, detail
                FROM trace ORDER BY time_ns, rowid
                """)
        var rows = TraceRows(select: RawSelect(statement))
        var traces = TraceList()
        while try rows.select.next() {
            guard traces.count < size.shortRowsMax, rows.select.longTextBytes <= size.textBytesMax
            else { throw RunStoreError.moreThanTheFile(path) }
            traces.append(try rows.trace())
        }
        return traces
    }

    /// The event of the current row.
    private mutating func trace() throws -> NodeTraceEvent {
        let hash = try select.optionalText(5)
        return NodeTraceEvent(
            time: Instant(nanoseconds: try select.integer(0)),
            node: NodeID(Int(try select.integer(1))),
            name: try select.bytes(2) { names.meaning(of: $0) { $0 } },
            term: try number(3), index: try number(4),
            hash: hash.flatMap { UInt64($0, radix: 16) }, entryTerm: try number(6),
            count: try number(7), detail: try select.optionalText(8))
    }

    private func number(_ column: Int32) throws(StoredValueError) -> Int? {
        try select.optionalInteger(column).map { Int($0) }
    }
}
