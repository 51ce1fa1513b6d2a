import Files
import Foundation
import Testing

@Suite struct WholeFileTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "whole-file-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    @Test func `a text takes the place of the one before, and leaves nothing beside it`() throws {
        try withFolder { folder in
            let long = String(repeating: "ä long text\n", count: 100_000)
            for text in ["first", long, ""] {
                try WholeFile.write(text, to: "\(folder)/page")
                #expect(try String(contentsOfFile: "\(folder)/page", encoding: .utf8) == text)
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["page"])
            }
        }
    }

    @Test func `what an earlier writer left is taken over`() throws {
        try withFolder { folder in
            try Data("half".utf8).write(to: URL(filePath: "\(folder)/page.new"))
            try WholeFile.write("whole", to: "\(folder)/page")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["page"])
        }
    }

    @Test(arguments: [("missing/page", "No such file or directory"), ("inside", "Is a directory")])
    func `a file that can't be written is named with the kernel's reason`(
        name: String, reason: String
    ) throws {
        try withFolder { folder in
            try FileManager.default.createDirectory(
                atPath: "\(folder)/inside", withIntermediateDirectories: false)
            let error = #expect(throws: WholeFile.NotWritten.self) {
                try WholeFile.write("text", to: "\(folder)/\(name)")
            }
            #expect(error?.path == "\(folder)/\(name)")
            #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
        }
    }

    @Test func `a device stays one, and a link leads where it led`() throws {
        try withFolder { folder in
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/nothing", withDestinationPath: "/dev/null")
            try WholeFile.write("text", to: "\(folder)/nothing")
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/link", withDestinationPath: "\(folder)/page")
            try Data("old".utf8).write(to: URL(filePath: "\(folder)/page"))
            try WholeFile.write("new", to: "\(folder)/link")
            #expect(try String(contentsOfFile: "\(folder)/page", encoding: .utf8) == "new")
            var status = stat()
            #expect(stat("/dev/null", &status) == 0)
            #expect(status.st_mode & S_IFMT == S_IFCHR)
            #expect(
                try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/link")
                    == "\(folder)/page")
        }
    }

    @Test func `an error of Foundation is told in the kernel's words`() throws {
        try withFolder { folder in
            let error = #expect(throws: (any Error).self) {
                try FileManager.default.createDirectory(
                    atPath: "/proc/none", withIntermediateDirectories: false)
            }
            let words = error.map { FileProblem.words($0) } ?? ""
            #expect(
                words == "No such file or directory" || words == "Permission denied", "\(words)")
            let missing = #expect(throws: (any Error).self) {
                try String(contentsOfFile: "\(folder)/none", encoding: .utf8)
            }
            #expect(missing.map { FileProblem.words($0) } == "No such file or directory")
        }
    }
}
