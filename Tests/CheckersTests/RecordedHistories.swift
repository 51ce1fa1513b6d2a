import Foundation
import Testing

/// Histories that other projects recorded, with the verdicts that their own checkers reached.
enum RecordedHistories {
    /// One line of the table of verdicts.
    struct Entry: CustomTestStringConvertible {
        var path: String
        var model: String
        var verdict: String
        var testDescription: String { path }
    }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/histories").standardized

    static var areThere: Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "verdicts.tsv").path)
    }

    static let missing: Comment = "the folder ../shared/histories is not there"

    /// All of them.
    static var all: [Entry] {
        guard
            let table = try? String(
                contentsOf: folder.appending(path: "verdicts.tsv"), encoding: .utf8)
        else { return [] }
        return table.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "\t")
            guard fields.count == 4, let model = fields[1].split(separator: " ").first,
                model != "model"
            else { return nil }
            return Entry(
                path: String(fields[0]), model: String(model), verdict: String(fields[3]))
        }
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        try Array(Data(contentsOf: folder.appending(path: path)))
    }
}
