internal import GRDB
internal import GRDBSQLite
internal import HistoryModel
internal import Vocabulary

/// A SELECT whose columns are taken from SQLite's own statement: there are millions of rows.
struct RawSelect {
    private let statement: Statement
    private let pointer: OpaquePointer

    /// Takes a prepared statement without parameters.
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
        switch sqlite3_column_type(pointer, column) {
        case SQLITE_INTEGER: return sqlite3_column_int64(pointer, column)
        case SQLITE_NULL: return nil
        default: throw foreign(column)
        }
    }

    func optionalText(_ column: Int32) throws(StoredValueError) -> String? {
        guard sqlite3_column_type(pointer, column) != SQLITE_NULL else { return nil }
        return try bytes(column) { String(decoding: $0, as: UTF8.self) }
    }

    /// Lends the bytes of a text.
    func bytes<Result>(
        _ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) throws(StoredValueError) -> Result
    ) throws(StoredValueError) -> Result {
        guard sqlite3_column_type(pointer, column) == SQLITE_TEXT,
            let text = sqlite3_column_text(pointer, column)
        else { throw foreign(column) }
        let count = Int(sqlite3_column_bytes(pointer, column))
        return try body(UnsafeBufferPointer(start: text, count: count))
    }

    /// A value; nil if there is none.
    func optionalValue(_ column: Int32) throws(StoredValueError) -> Value? {
        switch sqlite3_column_type(pointer, column) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(pointer, column))
        case SQLITE_NULL: nil
        default: try bytes(column) { bytes throws(StoredValueError) in try Value(json: bytes) }
        }
    }

    private func foreign(_ column: Int32) -> StoredValueError {
        let text = sqlite3_column_text(pointer, column).map { String(cString: $0) }
        return StoredValueError(text: text ?? "NULL in column \(column + 1)")
    }
}

/// Makes events of rows, and short words of few letters only once.
struct EventRows {
    private let select: RawSelect
    private var functions: [(bytes: [UInt8], function: Function)] = []

    /// Takes the events of a run file in their order.
    init(_ db: Database) throws {
        select = RawSelect(
            try db.makeStatement(
                sql: """
                    SELECT seq, time_ns, process, type, f, key, value, found, error, node
                    FROM event ORDER BY seq
                    """))
    }

    /// The next event; nil behind the last one.
    mutating func next() throws -> Event? {
        guard try select.next() else { return nil }
        return Event(
            index: Int(try select.integer(0)),
            time: Instant(nanoseconds: try select.integer(1)),
            process: ProcessID(Int(try select.integer(2))), type: try type(),
            function: try function(), key: try select.optionalValue(5),
            value: try select.optionalValue(6) ?? .null, found: try select.optionalValue(7),
            error: try select.optionalText(8),
            node: try select.optionalInteger(9).map { NodeID(Int($0)) })
    }

    private func type() throws(StoredValueError) -> EventType {
        try select.bytes(3) { bytes throws(StoredValueError) in
            for type in EventType.allCases where type.rawValue.utf8.elementsEqual(bytes) {
                return type
            }
            throw StoredValueError(text: "event type \(String(decoding: bytes, as: UTF8.self))")
        }
    }

    private mutating func function() throws(StoredValueError) -> Function {
        let known = try select.bytes(4) { bytes throws(StoredValueError) in
            functions.first { $0.bytes.elementsEqual(bytes) }?.function
        }
        if let known { return known }
        let name = try select.optionalText(4) ?? ""
        let function = Function(rawValue: name)
        if functions.count < 16 { functions.append((Array(name.utf8), function)) }
        return function
    }
}
