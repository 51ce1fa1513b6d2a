internal import GRDB

/// Reads the rows of tables of which there are few, from a file that anybody may have written.
///
/// Pages of a damaged file can be part of many rows, so that a small file seems to hold more than
/// there is memory. What was read is counted; it can't be more than the file.
struct StoredRows {
    private let db: Database
    private let path: String
    private var allowance: ReadingAllowance

    init(_ db: Database, _ path: String) {
        self.db = db
        self.path = path
        allowance = ReadingAllowance(path)
    }

    /// All rows of a query.
    ///
    /// - Throws: ``RunStoreError`` if they hold more than the file can, else what SQLite says.
    mutating func all(
        _ sql: String, arguments: StatementArguments = StatementArguments()
    ) throws -> [Row] {
        var rows: [Row] = []
        let cursor = try Row.fetchCursor(db, sql: sql, arguments: arguments)
        while let row = try cursor.next() {
            try allowance.take(row: row.databaseValues)
            rows.append(row.copy())
        }
        return rows
    }
}

/// How much more can be read from a file until it was more than there is in it.
struct ReadingAllowance {
    private let path: String
    private var bytesLeft: Int
    private var rowsLeft: Int

    init(_ path: String) {
        self.path = path
        let size = RunFileSize(path)
        bytesLeft = size.textBytesMax
        rowsLeft = size.shortRowsMax
    }

    /// Counts a row with these values.
    mutating func take(row values: some Sequence<DatabaseValue>) throws(RunStoreError) {
        rowsLeft -= 1
        var bytes = 0
        for value in values {
            switch value.storage {
            case .string(let text): bytes += text.utf8.count
            case .blob(let data): bytes += data.count
            case .null, .int64, .double: break
            }
        }
        try take(bytes: bytes)
    }

    /// Counts the bytes of texts.
    mutating func take(bytes: Int) throws(RunStoreError) {
        bytesLeft -= bytes
        guard bytesLeft >= 0, rowsLeft >= 0 else {
            throw .moreThanTheFile(path)
        }
    }
}

extension RunStoreError {
    /// Rows that seem to hold more than there is.
    static func moreThanTheFile(_ path: String) -> RunStoreError {
        .damaged(
            path: path,
            reason: "its rows hold more than the file has bytes, so some of its pages are part of "
                + "several")
    }
}
