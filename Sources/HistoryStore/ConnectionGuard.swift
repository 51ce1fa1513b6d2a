internal import CSQLiteConfig
internal import GRDB
internal import GRDBSQLite
internal import Synchronization

/// Keeps a connection to a file that anybody may have written within bounds.
///
/// Nothing that the file brings along runs, no cell of more than ``cellBytesMax`` is read, and a
/// statement ends when it has taken far more steps than a file of this size is worth. Source:
/// <https://www.sqlite.org/security.html>.
final class ConnectionGuard: Sendable {
    /// The bytes that a row or a value may have.
    static let cellBytesMax: Int32 = 64 << 20
    /// Between two looks at the budget.
    private static let stepsBetween: Int32 = 100_000

    private let path: String
    /// What is left of the steps that reading the file may take.
    private let stepsLeft: Atomic<Int>

    /// Allows as many steps as reading, sorting and indexing a file of this size takes, and more.
    init(file path: String) {
        self.path = path
        stepsLeft = Atomic(20_000_000 + 64 * RunFileSize(path).bytes)
    }

    /// Sets the bounds of a connection, which keeps this guard alive by its configuration.
    func watch(_ db: Database) throws {
        guard let connection = db.sqliteConnection else { return }
        let code = harness_distrust_schema(connection)
        guard code == SQLITE_OK else {
            throw RunStoreError.damaged(
                path: path, reason: "SQLite can't be told to distrust the file (code \(code))")
        }
        sqlite3_limit(connection, SQLITE_LIMIT_LENGTH, Self.cellBytesMax)
        sqlite3_limit(connection, SQLITE_LIMIT_SQL_LENGTH, 1_000_000)
        sqlite3_limit(connection, SQLITE_LIMIT_COLUMN, 100)
        sqlite3_limit(connection, SQLITE_LIMIT_EXPR_DEPTH, 100)
        sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0)
        sqlite3_limit(connection, SQLITE_LIMIT_TRIGGER_DEPTH, 1)
        sqlite3_progress_handler(
            connection, Self.stepsBetween,
            { guardian in
                guard let guardian else { return 1 }
                let own = Unmanaged<ConnectionGuard>.fromOpaque(guardian).takeUnretainedValue()
                let left = own.stepsLeft.subtract(
                    Int(ConnectionGuard.stepsBetween), ordering: .relaxed
                ).newValue
                return left > 0 ? 0 : 1
            }, Unmanaged.passUnretained(self).toOpaque())
        try db.execute(
            sql: """
                PRAGMA trusted_schema = OFF;
                PRAGMA cell_size_check = ON;
                PRAGMA mmap_size = 0;
                PRAGMA cache_size = -16384;
                """)
    }
}
