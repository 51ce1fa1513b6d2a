import Foundation
import HistoryModel
import Testing
import Vocabulary

@testable import Systems

@Suite struct TraceTailTests {
    /// A path of its own that can't be read as a file, since a folder is there.
    private func blockedPath() throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
        return path
    }

    @Test func `an error that is gone at the next look is no gap`() throws {
        let path = try blockedPath()
        var tail = TraceTail(of: NodeID(1), path: path, clock: RunClock())
        #expect(tail.next() == [] && tail.isBehind)
        try FileManager.default.removeItem(atPath: path)
        #expect(tail.next() == [] && !tail.isBehind)
        // The errors of two looks that are not in a row are two that passed.
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(tail.next() == [])
    }

    @Test func `an error that is still there at a second look is a gap, told once`() throws {
        let path = try blockedPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        var tail = TraceTail(of: NodeID(1), path: path, clock: RunClock())
        #expect(tail.next() == [])
        #expect(tail.next().map(\.name) == [RunRecord.traceUnreadable])
        #expect(tail.next() == [])
    }
}
