internal import Files
internal import Foundation
internal import HistoryModel

/// Where the text of a history comes from, as often as it is asked for: a file, plain or gzip, or
/// standard input, of which a copy without a name is kept until the process ends.
final class HistorySource {
    private let name: String
    private let file: FileHandle
    private let isCompressed: Bool

    /// Opens it; `-` stands for standard input.
    ///
    /// - Throws: ``UnusableFile`` if it can't be read.
    init(_ path: String) throws {
        name = path == "-" ? "standard input" : path
        do {
            file =
                path == "-"
                ? try Self.copyOfInput() : try FileHandle(forReadingFrom: URL(filePath: path))
            isCompressed = try file.read(upToCount: 2) == Data([0x1f, 0x8b])
        } catch {
            throw UnusableFile.unreadable(path: name, reason: FileProblem.words(error))
        }
    }

    /// Has the text read, from its beginning.
    ///
    /// - Throws: What the reader throws; ``UnusableFile`` or ``DamagedArchive`` if the text ended too
    ///   early for another reason than its reader's.
    func read<Result>(_ body: (StreamedText) throws -> Result) throws -> Result {
        try file.seek(toOffset: 0)
        let archive = isCompressed ? try Archive(file, name) : nil
        let input = archive?.output ?? file
        var failure: (any Error)?
        let text = StreamedText { count in
            do {
                return [UInt8](try input.read(upToCount: count) ?? Data())
            } catch {
                failure = error
                return []
            }
        }
        let outcome = Swift.Result { try body(text) }
        let damage = Swift.Result { try archive?.check() }
        try archive?.close()
        if let failure {
            throw UnusableFile.unreadable(path: name, reason: FileProblem.words(failure))
        }
        try damage.get()
        return try outcome.get()
    }

    /// Standard input itself if it can be read again, else a copy in a file that has no name, so that
    /// nothing of it is left however the process ends.
    private static func copyOfInput() throws -> FileHandle {
        let input = FileHandle.standardInput
        var status = stat()
        if fstat(input.fileDescriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            lseek(input.fileDescriptor, 0, SEEK_CUR) == 0
        {
            return input
        }
        var path = Array(
            FileManager.default.temporaryDirectory.appending(path: "harness-XXXXXX").path
                .utf8CString)
        let descriptor = mkstemp(&path)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        unlink(path)
        let copy = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        while let piece = try input.read(upToCount: 1 << 20), !piece.isEmpty {
            try copy.write(contentsOf: piece)
        }
        try copy.seek(toOffset: 0)
        return copy
    }
}

/// A file that gzip, which is on every machine, unpacks while it is read.
private final class Archive {
    private let gzip = Process()
    private let name: String
    let output: FileHandle

    init(_ file: FileHandle, _ name: String) throws {
        self.name = name
        gzip.executableURL = URL(filePath: "/usr/bin/env")
        gzip.arguments = ["gzip", "-dc"]
        gzip.standardInput = file
        let pipe = Pipe()
        gzip.standardOutput = pipe
        // It complains when its reader has enough; what is wrong is told by its status.
        gzip.standardError = FileHandle.nullDevice
        try gzip.run()
        output = pipe.fileHandleForReading
    }

    /// Complains if gzip does, unless its reader stopped first.
    func check() throws {
        guard try output.read(upToCount: 1)?.isEmpty ?? true else { return }
        gzip.waitUntilExit()
        guard gzip.terminationStatus == 0 else {
            throw DamagedArchive(path: name, status: gzip.terminationStatus)
        }
    }

    /// Ends gzip if its reader stopped first: it fails where it can write no more.
    ///
    /// No signal is sent, for it may have been started by a thread that blocks them.
    func close() throws {
        try output.close()
        gzip.waitUntilExit()
    }
}
