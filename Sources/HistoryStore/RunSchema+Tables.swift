internal import GRDB

extension RunSchema {
    /// A table as the harness makes it.
    private struct Table {
        var name: String
        var columns: [String]
    }

    /// Tables that files from before they were there lack.
    private static let laterTables: Set<String> = ["finding"]
    /// Columns that files from before they were there lack; whoever reads them knows what that means.
    private static let laterColumns: Set<String> = ["fault.effects"]

    /// Makes sure that what will be read are tables with the columns that the harness gives them.
    ///
    /// A view, a virtual table or a generated column of the same name would run whatever its author
    /// wrote; a column that is missing would be read as if it held nothing.
    /// - Throws: ``RunStoreError/damaged(path:reason:)`` with the table or column that is wrong.
    static func checkTables(_ db: Database, path: String) throws {
        func refuse(_ reason: String) -> RunStoreError { .damaged(path: path, reason: reason) }
        if let trigger = try String.fetchOne(
            db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'")
        {
            throw refuse("it has a trigger \(trigger), which no run file has; drop it")
        }
        for table in try expectedTables() {
            let found = try Row.fetchAll(
                db, sql: "SELECT type, rootpage FROM sqlite_master WHERE lower(name) = ?",
                arguments: [table.name])
            guard let row = found.first, found.count == 1 else {
                if found.isEmpty, laterTables.contains(table.name) { continue }
                throw refuse(
                    found.isEmpty
                        ? "there is no table \(table.name)"
                        : "there is more than one table \(table.name)")
            }
            let type: String = try row.decode(forColumn: "type")
            let page: Int = try row.optional("rootpage") ?? 0
            guard type == "table", page > 0 else {
                let what = type == "table" ? "virtual table" : type
                throw refuse("\(table.name) is a \(what), expected a table")
            }
            if let reason = try columnMistake(db, table) { throw refuse(reason) }
        }
    }

    /// What is wrong with the columns of a table that is one; nil if all is well.
    private static func columnMistake(_ db: Database, _ table: Table) throws -> String? {
        let rows = try Row.fetchAll(
            db, sql: "SELECT lower(name) AS name, hidden FROM pragma_table_xinfo(?)",
            arguments: [table.name])
        var plain: Set<String> = []
        for row in rows {
            let name: String = try row.decode(forColumn: "name")
            guard try row.decode(Int.self, forColumn: "hidden") == 0 else {
                return "\(table.name).\(name) is a generated column, expected a plain one"
            }
            plain.insert(name)
        }
        let missing = table.columns.first {
            !plain.contains($0) && !laterColumns.contains("\(table.name).\($0)")
        }
        guard let missing else { return nil }
        return "the table \(table.name) has no column \(missing)"
    }

    /// The tables of a file that was just made.
    private static func expectedTables() throws -> [Table] {
        try DatabaseQueue().write { db in
            try create(db)
            let names = try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
            return try names.map { name in
                Table(name: name, columns: try db.columns(in: name).map(\.name))
            }
        }
    }
}
