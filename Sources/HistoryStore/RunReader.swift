internal import Foundation
internal import GRDB
public import HistoryModel

/// Reads a run file, also one whose harness was killed.
public enum RunReader {
    /// Reads everything that the file holds.
    ///
    /// SQLite's side files, which a killed harness leaves behind, are taken into account.
    /// - Throws: ``RunStoreError`` if it is missing, no run file, or damaged.
    /// - Complexity: O(n) in the number of events, which are all held in memory.
    public static func read(_ path: String) throws(RunStoreError) -> RunRecord {
        let queue = try openQueue(path)
        let record: RunRecord
        do {
            record = try queue.read { db in try Self.record(db, path) }
        } catch { throw RunStoreError(reading: path, error) }
        if let impossible = record.impossibleValue {
            throw .damaged(path: path, reason: impossible)
        }
        return record
    }

    /// Whether the file at `path` begins as every SQLite file does; what is no file does not.
    public static func isDatabase(_ path: String) -> Bool {
        guard RunFileSize.isFileOrMissing(path), let file = FileHandle(forReadingAtPath: path)
        else { return false }
        defer { try? file.close() }
        let header = (try? file.read(upToCount: 16)) ?? Data()
        return header.starts(with: Data("SQLite format 3\0".utf8))
    }

    static func openQueue(_ path: String) throws(RunStoreError) -> DatabaseQueue {
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: path) }
        for file in [path, path + "-wal", path + "-journal", path + "-shm"] {
            // What is no file may never end, and opening a pipe waits for whoever writes to it.
            guard RunFileSize.isFileOrMissing(file) else {
                throw .foreign(path: file, found: "a folder, a device or a pipe")
            }
        }
        guard isDatabase(path) else { throw .foreign(path: path, found: "not an SQLite file") }
        do {
            let queue = try DatabaseQueue(
                path: path, configuration: RunSchema.distrustful(of: path))
            try queue.read { db in try identify(db, path: path) }
            return queue
        } catch { throw RunStoreError(reading: path, error) }
    }

    private static func identify(_ db: Database, path: String) throws {
        let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        guard application == RunSchema.applicationID else {
            throw RunStoreError.foreign(
                path: path, found: "an SQLite file of another program (id \(application))")
        }
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard version == RunSchema.version else {
            throw RunStoreError.otherVersion(
                path: path, found: version, expected: RunSchema.version)
        }
        // Texts are taken as the bytes that they are.
        let encoding = try String.fetchOne(db, sql: "PRAGMA encoding") ?? "none"
        guard encoding == "UTF-8" else {
            throw RunStoreError.foreign(
                path: path,
                found: "its texts are in \(encoding), expected UTF-8; take the file as the harness "
                    + "wrote it")
        }
        try RunSchema.checkTables(db, path: path)
        try RunSchema.checkNumbers(db, path: path)
    }

    private static func record(_ db: Database, _ path: String) throws -> RunRecord {
        guard let run = try Row.fetchOne(db, sql: "SELECT * FROM run") else {
            throw StoredValueError(text: "an empty table run")
        }
        let events = try EventRows.all(db, path)
        var rows = StoredRows(db, path)
        let faults = try rows.all("SELECT * FROM fault ORDER BY start_ns, id")
        let phases = try rows.all("SELECT * FROM phase ORDER BY start_ns, rowid")
        let verdicts = try rows.all("SELECT * FROM verdict ORDER BY rowid")
        let notices = try rows.all("SELECT text FROM notice ORDER BY rowid")
        return RunRecord(
            metadata: try RunMetadata(row: run), history: History(events: events),
            faults: try faults.map { try FaultRecord(row: $0) },
            phases: try phases.map { try RunPhase(row: $0) },
            traces: try TraceRows.all(db, path),
            notices: try notices.map { try $0.decode(atIndex: 0) },
            finished: try run.decode(forColumn: "finished"),
            results: try verdicts.map { try result(db, $0, &rows) })
    }

    private static func result(
        _ db: Database, _ row: Row, _ rows: inout StoredRows
    ) throws -> CheckerResult {
        guard try db.tableExists("finding") else {
            return try CheckerResult(row: row, findings: [])
        }
        let checker: String = try row.decode(forColumn: "checker")
        let findings = try rows.all(
            "SELECT * FROM finding WHERE checker = ? ORDER BY rowid", arguments: [checker])
        return try CheckerResult(
            row: row, findings: findings.map { try CheckerResult.Finding(row: $0) })
    }
}

extension RunReader {
    /// The version of the SQLite library that is in use.
    public static var libraryVersion: String {
        let version = try? DatabaseQueue().read { db in
            try String.fetchOne(db, sql: "SELECT sqlite_version()")
        }
        return version.flatMap(\.self) ?? "unknown"
    }

    /// How many of the planned faults a run that was cut short has seen to their end.
    private static func faults(_ run: Row) throws -> String {
        let planned: Int = try run.decode(forColumn: "faults_planned")
        let over: Int = try run.decode(forColumn: "faults")
        return planned > 0 ? " (\(over) of \(planned) faults)" : ""
    }

    /// One line about the run in a file, or about why it can't be read.
    public static func summary(_ path: String) -> String {
        do {
            let queue = try openQueue(path)
            return try queue.read { db in
                let run = try Row.fetchOne(
                    db,
                    sql: """
                        SELECT system, world, defects, seed, finished, faults_planned,
                            (SELECT count(*) FROM fault WHERE end_ns IS NOT NULL) AS faults
                        FROM run
                        """)
                guard let run else { return "empty" }
                let verdicts = try String.fetchAll(
                    db, sql: "SELECT DISTINCT verdict FROM verdict LIMIT 10")
                let worst = Verdict.worst(
                    try verdicts.map { word in
                        guard let verdict = Verdict(rawValue: word) else {
                            throw StoredValueError(text: "the verdict \"\(word)\"")
                        }
                        return verdict
                    })
                let system: String = try run.decode(forColumn: "system")
                let world: String = try run.decode(forColumn: "world")
                let stored: String = try run.decode(forColumn: "defects")
                let defects = try JSONDecoder().decode([String].self, from: Data(stored.utf8))
                let seed: String = try run.decode(forColumn: "seed")
                let finished: Bool = try run.decode(forColumn: "finished")
                return "\(verdicts.isEmpty ? "not judged" : worst.rawValue)"
                    + (finished ? "" : ", cut short\(try faults(run))") + ", \(world) \(system)"
                    + (defects.isEmpty ? "" : " with \(defects.joined(separator: ", "))")
                    + ", seed \(seed)"
            }
        } catch { return RunStoreError(reading: path, error).description }
    }
}

extension RunStoreError {
    /// What went wrong while a file was read, in words for somebody who did not write the reader.
    init(reading path: String, _ error: any Error) {
        if let known = error as? RunStoreError {
            self = known
            return
        }
        let reason =
            switch error {
            case let error as StoredValueError: error.description
            case let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT:
                "to read it takes far more steps than a file of its size is worth"
            case let error as DatabaseError where error.resultCode == .SQLITE_TOOBIG:
                "a row or a value has more than \(ConnectionGuard.cellBytesMax >> 20) MiB"
            case let error as DatabaseError: error.message ?? "SQLite code \(error.resultCode)"
            case is RowDecodingError: "a column is missing or holds a value of the wrong type"
            case is DecodingError: "a column does not hold the JSON that belongs there"
            default: String(describing: error)
            }
        self = .damaged(path: path, reason: reason)
    }
}
