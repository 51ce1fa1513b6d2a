import Foundation
import GRDB
import HistoryModel
import Testing
import Vocabulary

@testable import HistoryStore

/// Run files that are long enough to be read by two threads.
@Suite struct LongRunFileTests {
    private static let count = 120_000

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
        do throws(RunStoreError) {
            return .success(try RunReader.read(path).history.events)
        } catch { return .failure(error) }
    }

    @Test(arguments: [
        [], [0..<1], [0..<59_000], [59_990..<60_010], [60_000..<120_000], [119_999..<120_000],
        [10..<20, 70_000..<70_003], [1..<59_999, 60_001..<119_999],
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

    @Test(arguments: [[3], [59_999], [60_000], [119_999], [7, 119_000]])
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
        let far = Int64.max - 1
        let result = try await read(
            after: "UPDATE event SET seq = \(far) WHERE seq = 119999")
        var wanted = events
        wanted[119_999].index = Int(far)
        #expect(try result.get() == wanted)
    }
}
