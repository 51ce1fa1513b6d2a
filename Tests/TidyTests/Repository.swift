import Foundation

/// The sources of this repository, read as text.
struct Repository {
    struct File {
        /// The path from the root of the repository.
        var path: String
        var lines: [String]

        /// The folder below `Sources` or `Tests`, which is the target's name.
        var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
    }

    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// All Swift files below a folder, generated ones apart.
    static func swiftFiles(in folder: String) throws -> [File] {
        let top = root.appending(path: folder)
        guard let walk = FileManager.default.enumerator(at: top, includingPropertiesForKeys: nil)
        else { return [] }
        var files: [File] = []
        for case let url as URL in walk
        where url.pathExtension == "swift" && !url.lastPathComponent.hasSuffix(".pb.swift") {
            let text = try String(contentsOf: url, encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let path = url.path.dropFirst(root.path.count).drop { $0 == "/" }
            files.append(File(path: String(path), lines: lines.map(String.init)))
        }
        return files.sorted { $0.path < $1.path }
    }
}
