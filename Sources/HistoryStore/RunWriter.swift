internal import Foundation
internal import GRDB
public import HistoryModel
internal import Vocabulary

/// Writes one run file while the run goes on.
///
/// Everything that was handed over and awaited survives a kill of the harness; events are a prefix
/// of the history at any moment. The file is one file once ``finish()`` has returned.
public struct RunWriter: Sendable {
    /// Where the file is.
    public let path: String
    private let queue: DatabaseQueue

    /// Creates the file with the run's metadata in it.
    ///
    /// - Throws: ``RunStoreError/notWritten(path:reason:)``, also if the file exists.
    public init(creating path: String, metadata: RunMetadata) throws(RunStoreError) {
        self.path = path
        do {
            guard !FileManager.default.fileExists(atPath: path) else {
                throw RunStoreError.notWritten(path: path, reason: "it exists already")
            }
            queue = try DatabaseQueue(path: path, configuration: RunSchema.connection)
            try queue.writeWithoutTransaction(RunSchema.prepareForWriting)
            try queue.write { db in
                try RunSchema.create(db)
                try metadata.insert(into: db)
            }
        } catch { throw RunStoreError(writing: path, error) }
    }

    /// Opens a run file that is there, to put new conclusions into it.
    ///
    /// - Throws: ``RunStoreError`` if it is no run file or can't be written.
    public init(opening path: String) throws(RunStoreError) {
        self.path = path
        queue = try RunReader.openQueue(path)
    }

    /// Appends events; they continue those before.
    public func append(_ events: [Event]) async throws(RunStoreError) {
        try await write { db in
            let statement = try db.cachedStatement(
                sql: "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            let row = RawInsert(statement)
            for event in events { try event.insert(by: row) }
        }
    }

    /// Stores a fault, in place of an earlier record of the same fault.
    public func record(_ fault: FaultRecord) async throws(RunStoreError) {
        try await write { db in try fault.insert(into: db) }
    }

    /// Stores the phases, in place of those stored before.
    public func record(_ phases: [RunPhase]) async throws(RunStoreError) {
        try await write { db in
            try db.execute(sql: "DELETE FROM phase")
            for phase in phases {
                try db.execute(
                    sql: "INSERT INTO phase VALUES (?, ?, ?)",
                    arguments: [phase.name, phase.start.nanoseconds, phase.end?.nanoseconds])
            }
        }
    }

    /// Appends what nodes said of themselves.
    public func append(_ traces: [NodeTraceEvent]) async throws(RunStoreError) {
        try await write { db in
            let statement = try db.cachedStatement(
                sql: "INSERT INTO trace VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
            let row = RawInsert(statement)
            for trace in traces { try trace.insert(by: row) }
        }
    }

    /// Appends warnings.
    public func append(notices: [String]) async throws(RunStoreError) {
        try await write { db in
            for notice in notices {
                try db.execute(sql: "INSERT INTO notice VALUES (?)", arguments: [notice])
            }
        }
    }

    /// Stores what the checkers concluded, in place of what they did before.
    public func record(_ results: [CheckerResult]) async throws(RunStoreError) {
        try await write { db in
            try db.execute(sql: RunSchema.findings)
            try db.execute(sql: "DELETE FROM verdict; DELETE FROM finding")
            for result in results { try result.insert(into: db) }
        }
    }

    /// Marks the run as having come to its planned end.
    public func markFinished() async throws(RunStoreError) {
        try await write { db in try db.execute(sql: "UPDATE run SET finished = 1") }
    }

    /// Adds the indexes, folds SQLite's side files into the one file and closes it.
    ///
    /// While somebody else has the file open it stays as it is, side files and all, and is whole.
    public func finish() async throws(RunStoreError) {
        do {
            try await queue.writeWithoutTransaction { db in
                try db.execute(sql: RunSchema.indexes)
                do {
                    try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                    try db.execute(sql: "PRAGMA journal_mode = DELETE")
                } catch let error as DatabaseError
                    where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode)
                {}
            }
            try queue.close()
        } catch { throw RunStoreError(writing: path, error) }
    }

    private func write(
        _ updates: @escaping @Sendable (Database) throws -> Void
    ) async throws(RunStoreError) {
        do {
            try await queue.write(updates)
        } catch { throw RunStoreError(writing: path, error) }
    }
}

extension RunStoreError {
    init(writing path: String, _ error: any Error) {
        self = error as? RunStoreError ?? .notWritten(path: path, reason: String(describing: error))
    }
}
