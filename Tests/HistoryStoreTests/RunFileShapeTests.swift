import Foundation
import GRDB
import HistoryModel
import Testing
import Vocabulary

@testable import HistoryStore

/// Run files whose tables or numbers are not as the harness makes them.
@Suite struct RunFileShapeTests {
    private let metadata = RunMetadata(
        id: "shape", startedAt: "", workload: "register", system: "raft", defects: [],
        nodes: 5, seed: 1, world: "real", command: [], configuration: "", versions: [:])

    private let events = (0..<6).map { index in
        Event(
            index: index, process: ProcessID(0), type: index % 2 == 0 ? .invoke : .ok,
            function: .write, value: .integer(Int64(index / 2)))
    }

    /// Hands over a run file of these events after `statement` has changed it.
    private func withFile(
        after statement: String, _ body: (String) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "run-file-shape-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "run.sqlite").path
        let writer = try RunWriter(creating: path, metadata: metadata)
        try await writer.append(events)
        try await writer.finish()
        let queue = try DatabaseQueue(path: path)
        try await queue.write { db in try db.execute(sql: statement) }
        try queue.close()
        try await body(path)
    }

    /// Makes the table of events anew, with another declaration of its numbers.
    private static func table(_ sequence: String, _ options: String = "") -> String {
        """
        DROP VIEW operation; DROP VIEW outcome;
        CREATE TABLE other (\(sequence), time_ns, process, type, f, key, value, found, error,
            node) \(options);
        INSERT INTO other SELECT * FROM event;
        DROP TABLE event;
        ALTER TABLE other RENAME TO event;
        """
    }

    @Test func `a file from before effects were noted tells them by the kinds of its faults`()
        async throws
    {
        let old = """
            ALTER TABLE fault DROP COLUMN effects;
            INSERT INTO fault VALUES
            (1, 'kill-one', 'n1 killed', '[1]', '[]', 5, 9, 1, 'processes killed', 6, NULL, 10,
                NULL, NULL),
            (2, 'wipe-one', 'n2 wiped', '[2]', '[]', 15, 19, 1, 'stores lost', 16, NULL, 20, NULL,
                NULL),
            (3, 'partition-one', 'n3 | n1 n2', '[3]', '[]', 25, 29, 1, 'bytes held', 26, NULL, 30,
                NULL, NULL);
            """
        try await withFile(after: old) { path in
            let faults = try RunReader.read(path).faults
            #expect(
                faults.map(\.effects) == [.endsProcesses, [.endsProcesses, .losesStores], []])
        }
    }

    private func reason(for path: String) throws -> String {
        let error = #expect(throws: RunStoreError.self) { try RunReader.read(path) }
        guard case .damaged(_, let reason)? = error else {
            Issue.record("\(String(describing: error))")
            return ""
        }
        return reason
    }

    @Test(arguments: [
        (table("seq INTEGER"), "INSERT INTO event SELECT * FROM event WHERE seq = 2"),
        (table("seq INTEGER"), "UPDATE event SET seq = 0.5 WHERE seq = 3"),
        (table("seq TEXT"), ""), (table("seq"), "UPDATE event SET seq = 'zz' WHERE seq = 3"),
        (table("seq INTEGER PRIMARY KEY", "WITHOUT ROWID"), ""),
        (table("seq INTEGER PRIMARY KEY DESC"), ""), (table("seq INT PRIMARY KEY"), ""),
    ])
    func `a table whose numbers may be anything, or come twice, is refused`(
        table: String, change: String
    ) async throws {
        try await withFile(after: table + change) { path in
            let reason = try reason(for: path)
            #expect(reason.contains("event.seq"), "\(reason)")
            #expect(reason.contains("INTEGER PRIMARY KEY"), "\(reason)")
        }
    }

    @Test func `a file without events' table is refused by its name`() async throws {
        try await withFile(after: "DROP VIEW operation; DROP VIEW outcome; DROP TABLE event") {
            let reason = try reason(for: $0)
            #expect(reason.contains("event"), "\(reason)")
        }
    }

    /// The reader of rows does not rely on what the table promises.
    @Test(arguments: [3, 100])
    func `rows with the same number are refused, not passed over`(few: Int) async throws {
        let change = "; INSERT INTO event SELECT * FROM event WHERE seq IN (1, 4)"
        try await withFile(after: Self.table("seq INTEGER") + change) { path in
            try await DatabaseQueue(path: path).read { db in
                let error = #expect(throws: RunStoreError.self) {
                    try EventRows.all(db, path, few: few)
                }
                #expect(error?.description.contains("event.seq") == true)
            }
        }
    }

    @Test func `a file that is mostly a hole asks for no more memory than it needs`() async throws {
        try await withFile(after: "UPDATE event SET seq = 200000000 WHERE seq = 5") { path in
            // As many pages as would hold so many events; none of the added ones is on the disk.
            let pages: UInt32 = 650_000
            let file = try FileHandle(forUpdating: URL(filePath: path))
            try file.truncate(atOffset: UInt64(pages) * 4_096)
            try file.seek(toOffset: 28)
            try file.write(contentsOf: withUnsafeBytes(of: pages.bigEndian) { Data($0) })
            try file.close()
            #expect(try RunReader.read(path).history.events.map(\.index).last == 200_000_000)
        }
    }

    @Test(arguments: ["UTF-16le", "UTF-16be"])
    func `a file with another encoding of texts is refused by its name`(
        encoding: String
    ) async throws {
        try await withFile(after: "") { path in
            let other = path + ".other"
            let queue = try DatabaseQueue(path: other)
            try await queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA encoding = '\(encoding)'")
                try RunSchema.create(db)
                try metadata.insert(into: db)
            }
            try queue.close()
            let error = #expect(throws: RunStoreError.self) { try RunReader.read(other) }
            let text = error?.description ?? ""
            #expect(text.contains(encoding) && text.contains("UTF-8"), "\(text)")
        }
    }
}
