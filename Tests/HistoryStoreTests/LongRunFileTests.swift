import Foundation
import GRDB
import HistoryModel
import Testing
import Vocabulary

@testable import HistoryStore

/// Run files that are read by two threads, as if they were long.
@Suite struct LongRunFileTests {
    private static let count = 1_200

    private let events = (0..<count).map { index in
        Event(
            index: index, time: Instant(nanoseconds: Int64(index)), process: ProcessID(index % 7),
            type: index % 2 == 0 ? .invoke : .info, function: .write,
            key: .text("a key too long to be kept in place \(index % 3)"),
            value: [.integer(Int64(index))], error: index % 5 == 0 ? "" : nil)
    }

    /// Reads a file of these events after `statement` has changed it.
    private func read(after statement: String) async throws -> Result<[Event], RunStoreError> {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "long-run-file-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "run.sqlite").path
        let metadata = RunMetadata(
            id: "long", startedAt: "", workload: "register", system: "raft", defects: [],
            nodes: 5, seed: 1, world: "real", command: [], configuration: "", versions: [:])
        let writer = try RunWriter(creating: path, metadata: metadata)
        try await writer.append(events)
        try await writer.finish()
        try await DatabaseQueue(path: path).write { db in try db.execute(sql: statement) }
        return try await DatabaseQueue(path: path).read { db in
            do {
                return .success(Array(try EventRows.all(db, path, few: 100)))
            } catch let error as RunStoreError { return .failure(error) }
        }
    }

    @Test(arguments: [
        [], [0..<1], [0..<590], [590..<610], [600..<1_200], [1_199..<1_200],
        [10..<20, 700..<703], [1..<599, 601..<1_199],
    ])
    func `whatever is missing, the others are read in their order`(
        gaps: [Range<Int>]
    ) async throws {
        let statements = gaps.map {
            "DELETE FROM event WHERE seq BETWEEN \($0.lowerBound) AND \($0.upperBound - 1);"
        }
        let result = try await read(after: statements.joined())
        let rest = events.filter { event in !gaps.contains { $0.contains(event.index) } }
        #expect(try result.get() == rest)
    }

    @Test(arguments: [[3], [599], [600], [1_199], [7, 1_190]])
    func `one bad row anywhere refuses the file`(places: [Int]) async throws {
        let places = places.map(String.init).joined(separator: ",")
        let result = try await read(
            after: "UPDATE event SET process = -1 WHERE seq IN (\(places))")
        guard case .failure(.damaged(_, let reason)) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(reason.contains("event.process"), "\(reason)")
    }

    @Test func `numbers far apart are no reason to ask for memory`() async throws {
        let far = Int64(HistoryLimits.numbers.upperBound)
        let result = try await read(
            after: "UPDATE event SET seq = \(far) WHERE seq = 1199")
        var wanted = events
        wanted[1_199].index = Int(far)
        #expect(try result.get() == wanted)
    }
}
