import Foundation
import Testing

/// Small histories as other tools and suites write them, with the answers that are right.
@Suite(.enabled(if: CaseFiles.areThere, CaseFiles.missing))
struct CaseFileTests {
    @Test func `the table of cases names files`() throws {
        #expect(try CaseFiles.all().count >= 15)
    }

    @Test func `every case gets the answer that is right`() throws {
        for entry in try CaseFiles.all() {
            let path = CaseFiles.folder.appending(path: entry.file).path
            let harness = try HarnessProcess(["analyze", path] + entry.options)
            defer { harness.remove() }
            try harness.start()
            let result = try harness.wait()
            let said = result.output + result.messages
            let expected = try #require(
                entry.statuses, "\(entry.file): nothing is known of the answer `\(entry.answer)`")
            #expect(expected.contains(result.status), "\(entry.file): \(said)")
            if let hint = entry.hint {
                #expect(said.contains(hint), "\(entry.file): \(said)")
            }
        }
    }
}

/// The table of cases, which stands beside the project.
enum CaseFiles {
    /// One line of the table.
    struct Entry {
        var file: String
        var options: [String]
        var answer: String

        /// The exit codes that are right: the one in parentheses, or all but that of `invalid`.
        var statuses: [Int32]? {
            if let code = answer.firstMatch(of: /\((\d+)\)/), let number = Int32(code.1) {
                return [number]
            }
            let isAccused = answer.contains("not invalid") || answer.contains("no INVALID")
            return isAccused ? [0, 2] : nil
        }

        /// The option that the answer must name.
        var hint: String? {
            answer.firstMatch(of: /hint at (--\w+)/).map { String($0.1) }
        }
    }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/cases").standardized

    static var areThere: Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "cases.tsv").path)
    }

    static let missing: Comment = "the folder ../shared/cases is not there"

    static func all() throws -> [Entry] {
        let table = try String(
            contentsOf: folder.appending(path: "cases.tsv"), encoding: .utf8)
        return table.split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 4 else { return nil }
            return Entry(
                file: String(fields[0]), options: fields[1].split(separator: " ").map(String.init),
                answer: String(fields[2]))
        }
    }
}
