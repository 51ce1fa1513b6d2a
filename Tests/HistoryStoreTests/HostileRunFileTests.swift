import Foundation
import GRDB
import HistoryModel
import Testing
import Vocabulary

@testable import HistoryStore

/// Run files that somebody changed to make the harness wait, or to fill its memory.
@Suite struct HostileRunFileTests {
    private let metadata = RunMetadata(
        id: "hostile", startedAt: "", workload: "register", system: "raft", defects: [],
        nodes: 5, seed: 1, world: "real", command: [], configuration: "", versions: [:])

    /// Hands over a run file after `statement` has changed it.
    private func withFile(
        after statement: String, _ body: (String) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "hostile-run-file-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "run.sqlite").path
        let writer = try RunWriter(creating: path, metadata: metadata)
        try await writer.append([
            Event(index: 0, process: ProcessID(0), type: .invoke, function: .write, value: "a"),
            Event(index: 1, process: ProcessID(0), type: .ok, function: .write, value: "a"),
        ])
        try await writer.append([NodeTraceEvent(time: .zero, node: NodeID(1), name: "leader")])
        try await writer.finish()
        let queue = try DatabaseQueue(path: path)
        try await queue.writeWithoutTransaction { db in try db.execute(sql: statement) }
        try queue.close()
        try await body(path)
    }

    private func reason(for path: String) -> String {
        let error = #expect(throws: RunStoreError.self) { try RunReader.read(path) }
        guard case .damaged(_, let reason)? = error else {
            Issue.record("\(String(describing: error))")
            return ""
        }
        return reason
    }

    private static let forever =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"

    @Test(arguments: [
        (
            "DROP TABLE notice; CREATE VIEW notice AS SELECT i AS text FROM (\(forever))",
            "notice is a view"
        ),
        (
            "DROP TABLE trace; CREATE VIEW trace AS SELECT i AS time_ns, 1 AS node, 'a' AS name, "
                + "1 AS term, 1 AS log_index, 'a' AS hash, 1 AS entry_term, 1 AS count, "
                + "'a' AS detail FROM (\(forever))", "trace is a view"
        ),
        (
            "CREATE TRIGGER t AFTER INSERT ON verdict BEGIN DELETE FROM event; END",
            "trigger t"
        ),
        (
            "ALTER TABLE phase ADD COLUMN more AS (zeroblob(900000000)) VIRTUAL",
            "phase.more is a generated column"
        ),
        (
            "DROP TABLE notice; CREATE VIRTUAL TABLE notice USING fts5(text)",
            "notice is a virtual table"
        ),
        ("ALTER TABLE trace DROP COLUMN count", "the table trace has no column count"),
        ("ALTER TABLE trace DROP COLUMN detail", "the table trace has no column detail"),
        (
            "ALTER TABLE fault DROP COLUMN applied_seen_ns",
            "the table fault has no column applied_seen_ns"
        ),
        ("DROP TABLE phase", "there is no table phase"),
    ])
    func `only tables with the harness's columns are read`(
        statement: String, part: String
    ) async throws {
        try await withFile(after: statement) { path in
            let reason = reason(for: path)
            #expect(reason.contains(part), "\(reason)")
        }
    }

    @Test(arguments: [
        "UPDATE event SET value = '\"' || hex(zeroblob(40000000)) || '\"'",
        "UPDATE event SET error = zeroblob(80000000)",
        "UPDATE trace SET detail = hex(zeroblob(40000000))",
        "INSERT INTO notice VALUES (hex(zeroblob(40000000)))",
    ])
    func `a value of more than 64 MiB is refused before it is read`(statement: String) async throws
    {
        try await withFile(after: statement) { path in
            let reason = reason(for: path)
            #expect(reason.contains("more than 64 MiB"), "\(reason)")
        }
    }

    @Test func `rows that share their pages hold no more than the file`() throws {
        var allowance = ReadingAllowance("no such file")
        let error = #expect(throws: RunStoreError.self) { try allowance.take(bytes: 1) }
        #expect(error?.description.contains("part of several") == true)
    }

    @Test func `a statement that never ends is broken off`() async throws {
        try await withFile(after: "") { path in
            let queue = try RunReader.openQueue(path)
            let error = await #expect(throws: DatabaseError.self) {
                try await queue.read { db in
                    try Int.fetchOne(db, sql: "SELECT sum(i) FROM (\(Self.forever))")
                }
            }
            #expect(error?.resultCode == .SQLITE_INTERRUPT)
        }
    }

    @Test(arguments: [(100, true), (101, false), (400, false)])
    func `a value may be nested a hundred times`(depth: Int, isRead: Bool) async throws {
        let value = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        try await withFile(after: "UPDATE event SET value = '\(value)'") { path in
            if isRead {
                _ = try RunReader.read(path)
            } else {
                #expect(reason(for: path).contains("more than 100"))
            }
        }
    }

    @Test(arguments: ["run.sqlite", "run.sqlite-wal", "run.sqlite-journal", "run.sqlite-shm"])
    func `a pipe in the place of a file is not waited for`(name: String) async throws {
        try await withFile(after: "") { path in
            let pipe = URL(filePath: path).deletingLastPathComponent().appending(path: name).path
            try? FileManager.default.removeItem(atPath: pipe)
            #expect(mkfifo(pipe, 0o600) == 0)
            let error = #expect(throws: RunStoreError.self) { try RunReader.read(path) }
            #expect(error == .foreign(path: pipe, found: "a folder, a device or a pipe"))
            #expect(RunReader.summary(path).contains("pipe"))
        }
    }
}
