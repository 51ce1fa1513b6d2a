internal import GRDB
internal import GRDBSQLite
internal import HistoryModel

/// A SELECT whose columns are taken from SQLite's own statement: there are millions of rows.
///
/// The cells that `sqlite3_column_value` lends are not protected by a lock of SQLite's own. That is
/// safe here: a connection and its statements are used by one thread at a time, and a cell is looked
/// at before the next step.
struct RawSelect {
    private let statement: Statement
    private let pointer: OpaquePointer
    /// The bytes of all texts so far, but for those that take little more than a row does.
    private(set) var longTextBytes = 0

    /// Takes a prepared statement with all its parameters.
    init(_ statement: Statement) {
        self.statement = statement
        pointer = statement.sqliteStatement
    }

    /// Goes to the next row; false behind the last one.
    func next() throws -> Bool {
        switch sqlite3_step(pointer) {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            sqlite3_reset(pointer)
            return false
        case let code:
            let message = String(cString: sqlite3_errmsg(sqlite3_db_handle(pointer)))
            sqlite3_reset(pointer)
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
        }
    }

    func integer(_ column: Int32) throws(StoredValueError) -> Int64 {
        guard let number = try optionalInteger(column) else { throw foreign(column) }
        return number
    }

    func optionalInteger(_ column: Int32) throws(StoredValueError) -> Int64? {
        let cell = sqlite3_column_value(pointer, column)
        switch sqlite3_value_type(cell) {
        case SQLITE_INTEGER: return sqlite3_value_int64(cell)
        case SQLITE_NULL: return nil
        default: throw foreign(column)
        }
    }

    mutating func optionalText(_ column: Int32) throws(StoredValueError) -> String? {
        let cell = sqlite3_column_value(pointer, column)
        guard sqlite3_value_type(cell) != SQLITE_NULL else { return nil }
        return try bytes(column) { bytes throws(StoredValueError) in
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw StoredValueError(text: "a text in column \(column + 1) that is not UTF-8")
            }
            return text
        }
    }

    /// Lends the bytes of a text.
    mutating func bytes<Result>(
        _ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) throws(StoredValueError) -> Result
    ) throws(StoredValueError) -> Result {
        let cell = sqlite3_column_value(pointer, column)
        guard sqlite3_value_type(cell) == SQLITE_TEXT else { throw foreign(column) }
        // As a text it would be copied first, to have a zero behind it.
        let start = sqlite3_value_blob(cell)?.assumingMemoryBound(to: UInt8.self)
        let count = Int(sqlite3_value_bytes(cell))
        if count > 64 { longTextBytes += count }
        return try body(UnsafeBufferPointer(start: start, count: count))
    }

    /// A value; nil if there is none.
    mutating func optionalValue(_ column: Int32) throws(StoredValueError) -> Value? {
        let cell = sqlite3_column_value(pointer, column)
        return switch sqlite3_value_type(cell) {
        case SQLITE_INTEGER: .integer(sqlite3_value_int64(cell))
        case SQLITE_NULL: nil
        default: try bytes(column) { bytes throws(StoredValueError) in try Value(json: bytes) }
        }
    }

    private func foreign(_ column: Int32) -> StoredValueError {
        let text = sqlite3_column_text(pointer, column).map { String(cString: $0) }
        return StoredValueError(
            text: text.map { String($0.prefix(100)) } ?? "NULL in column \(column + 1)")
    }
}
