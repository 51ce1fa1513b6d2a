import Foundation

/// A directory that is removed with the test that made it.
final class TemporaryDirectory {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "node-runtime-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func bytes(of name: String) throws -> Data {
        try Data(contentsOf: URL(filePath: path + "/" + name))
    }

    func write(_ bytes: Data, to name: String) throws {
        try bytes.write(to: URL(filePath: path + "/" + name))
    }
}
