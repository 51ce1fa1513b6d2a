internal import GRDB
internal import GRDBSQLite

/// An INSERT that is bound to SQLite's own statement: there are many thousands of rows a second.
struct RawInsert {
    private let statement: OpaquePointer

    /// Takes a prepared statement with one parameter per column.
    init(_ statement: Statement) { self.statement = statement.sqliteStatement }

    /// Inserts the row whose columns were bound, and makes ready for the next.
    func insert() throws {
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        guard code == SQLITE_DONE else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code),
                message: String(cString: sqlite3_errmsg(sqlite3_db_handle(statement))))
        }
    }

    func bind(_ number: Int64?, to column: Int32) {
        if let number {
            sqlite3_bind_int64(statement, column, number)
        } else {
            sqlite3_bind_null(statement, column)
        }
    }

    func bind(_ number: Int?, to column: Int32) { bind(number.map { Int64($0) }, to: column) }

    func bind(_ text: String?, to column: Int32) {
        guard let text else {
            sqlite3_bind_null(statement, column)
            return
        }
        // SQLITE_TRANSIENT, which Swift does not see: SQLite makes its own copy of the text.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        sqlite3_bind_text(statement, column, text, Int32(text.utf8.count), transient)
    }

    func bind(_ value: DatabaseValue, to column: Int32) {
        switch value.storage {
        case .int64(let number): bind(number, to: column)
        case .string(let text): bind(text, to: column)
        case .null, .double, .blob: sqlite3_bind_null(statement, column)
        }
    }
}
