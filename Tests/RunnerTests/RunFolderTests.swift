import Foundation
import Runner
import Testing

@Suite struct RunFolderTests {
    @Test func `runs that begin in the same second get folders of their own`() throws {
        let reports = FileManager.default.temporaryDirectory.appending(
            path: "run-folder-tests-\(UUID().uuidString)"
        ).path
        defer { try? FileManager.default.removeItem(atPath: reports) }
        let start = Date(timeIntervalSince1970: 1_767_323_045)
        let folders = try (0..<3).map { _ in
            try RunFolder(creatingIn: reports, workload: "register", startedAt: start)
        }
        #expect(
            folders.map(\.id) == [
                "register-20260102-030405", "register-20260102-030405-2",
                "register-20260102-030405-3",
            ])
        for folder in folders { #expect(FileManager.default.fileExists(atPath: folder.nodes)) }
    }

    @Test func `a place where nothing can be made is named`() {
        #expect(throws: RunError.self) {
            try RunFolder(creatingIn: "/proc/nowhere", workload: "x", startedAt: .now)
        }
    }
}
