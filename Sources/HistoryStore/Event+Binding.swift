internal import GRDB
internal import GRDBSQLite
internal import HistoryModel
internal import Vocabulary

/// Events are bound to SQLite's own statement: there are hundreds of thousands of them a second.
extension Event {
    /// Inserts the event by a prepared statement with one parameter per column.
    func insert(by statement: OpaquePointer) throws {
        sqlite3_bind_int64(statement, 1, Int64(index))
        sqlite3_bind_int64(statement, 2, time.nanoseconds)
        sqlite3_bind_int64(statement, 3, Int64(process.rawValue))
        bind(type.rawValue, to: statement, 4)
        bind(function.rawValue, to: statement, 5)
        bind(key?.stored ?? .null, to: statement, 6)
        bind(value.stored, to: statement, 7)
        bind(found?.storedOrNull ?? .null, to: statement, 8)
        bind(error, to: statement, 9)
        bind(node.map { Int64($0.rawValue).databaseValue } ?? .null, to: statement, 10)
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        guard code == SQLITE_DONE else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code),
                message: String(cString: sqlite3_errmsg(sqlite3_db_handle(statement))))
        }
    }

    private func bind(_ text: String?, to statement: OpaquePointer, _ column: Int32) {
        guard let text else {
            sqlite3_bind_null(statement, column)
            return
        }
        // SQLITE_TRANSIENT, which Swift does not see: SQLite makes its own copy of the text.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        sqlite3_bind_text(statement, column, text, Int32(text.utf8.count), transient)
    }

    private func bind(_ value: DatabaseValue, to statement: OpaquePointer, _ column: Int32) {
        switch value.storage {
        case .int64(let number): sqlite3_bind_int64(statement, column, number)
        case .string(let text): bind(text, to: statement, column)
        case .null, .double, .blob: sqlite3_bind_null(statement, column)
        }
    }
}
