internal import GRDB

extension RunSchema {
    /// Makes sure that every event has one whole number and no two the same, which SQLite warrants
    /// only for a column that stands for the row itself.
    ///
    /// - Throws: ``RunStoreError/damaged(path:reason:)`` if events may have other numbers.
    static func checkNumbers(_ db: Database, path: String) throws {
        guard try db.tableExists("event") else {
            throw RunStoreError.damaged(path: path, reason: "there is no table event")
        }
        let declared = try String.fetchOne(
            db, sql: "SELECT type FROM pragma_table_info('event') WHERE name = 'seq' AND pk = 1")
        // A key of any other kind has an index of its own.
        let hasIndex = try Bool.fetchOne(
            db, sql: "SELECT count(*) > 0 FROM pragma_index_list('event') WHERE origin = 'pk'")
        guard declared?.uppercased() == "INTEGER", hasIndex == false else {
            throw RunStoreError.damaged(
                path: path,
                reason: "the column event.seq is not the table's INTEGER PRIMARY KEY, so that its "
                    + "numbers may come twice; make the table as the harness does")
        }
    }
}
