internal import Files
internal import Foundation
internal import HistoryModel

/// A history that something else recorded.
struct HistoryFile {
    /// Where it is: a file, plain or gzip, or `-` for standard input.
    var path: String
    /// Its format; nil to tell it by the content.
    var format: HistoryFormat?
    /// Whether values are pairs of an independent key and the value proper.
    var keyedTuples = false
    /// Whether events that make no sense are left out, and not an error.
    var isLenient = false

    /// What was read.
    struct Content {
        var history: History
        /// The format that it was in.
        var format = HistoryFormat.edn
        /// Sentences about what was left out of it.
        var notices: [String] = []
        /// What can't be read a second time, since it came by standard input.
        fileprivate var passing: [UInt8]?
    }

    /// Reads it.
    ///
    /// - Throws: `HistoryFormatError` with line and column for a file that makes no sense.
    func read() throws -> Content {
        let bytes = try Self.bytes(of: path)
        let decoded = try DecodedHistory(bytes, format: format, keyedTuples: keyedTuples)
        var content = Content(
            history: decoded.history, format: decoded.format, passing: path == "-" ? bytes : nil)
        if decoded.skipped > 0 {
            content.notices.append(
                PluralText.count(decoded.skipped, "event is", "events are")
                    + " of no client and \(decoded.skipped == 1 ? "was" : "were") left out")
        }
        if decoded.otherNodes > 0 {
            content.notices.append(
                PluralText.count(decoded.otherNodes, "event is", "events are")
                    + " of nodes that are not called n1, n2 and so on, such as "
                    + "\(decoded.otherNode); their names are not kept")
        }
        guard isLenient else { return content }
        let repaired = decoded.history.repaired()
        if repaired.dropped > 0 {
            let what = PluralText.count(repaired.dropped, "event makes", "events make")
            let were = repaired.dropped == 1 ? "was" : "were"
            content.notices.append("\(what) no sense and \(were) left out (--lenient)")
        }
        content.history = repaired.history
        return content
    }

    /// The same mistake in the history that was read from here, with its place if it can be found.
    func located(_ error: HistoryError, in content: Content) -> any Error {
        do {
            let bytes = try content.passing ?? Self.bytes(of: path)
            return LocatedHistoryError(
                error, in: bytes, format: format, keyedTuples: keyedTuples) ?? error
        } catch _ {
            // The file has gone since; what is wrong with it is known.
            return error
        }
    }

    private static func bytes(of path: String) throws -> [UInt8] {
        guard path != "-" else {
            let data = try FileHandle.standardInput.readToEnd() ?? Data()
            guard isCompressed(data) else { return Array(data) }
            let copy = FileManager.default.temporaryDirectory.appending(
                path: "harness-\(UUID().uuidString).gz")
            try data.write(to: copy)
            defer { try? FileManager.default.removeItem(at: copy) }
            return Array(try decompressed(copy, named: "standard input"))
        }
        let url = URL(filePath: path)
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            throw UnusableFile.unreadable(path: path, reason: FileProblem.words(error))
        }
        return Array(isCompressed(data) ? try decompressed(url, named: path) : data)
    }

    private static func isCompressed(_ data: Data) -> Bool {
        data.starts(with: [0x1f, 0x8b])
    }

    /// Has gzip, which is on every machine, unpack a file.
    private static func decompressed(_ file: URL, named name: String) throws -> Data {
        let gzip = Process()
        gzip.executableURL = URL(filePath: "/usr/bin/env")
        gzip.arguments = ["gzip", "-dc", "--", file.path]
        let output = Pipe()
        gzip.standardOutput = output
        try gzip.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        gzip.waitUntilExit()
        guard gzip.terminationStatus == 0 else {
            throw DamagedArchive(path: name, status: gzip.terminationStatus)
        }
        return data
    }
}

/// A compressed file that could not be unpacked.
struct DamagedArchive: Error, CustomStringConvertible {
    var path: String
    var status: Int32

    var description: String {
        "\(path) begins like a gzip file, but gzip can't unpack it (exit \(status)); is it complete?"
    }
}
