import SystemPackage

/// The file that a node's standard error is appended to.
struct LogFile {
    /// How much of the end is looked at for the last lines.
    private static let tailBytesMax = 64 << 10

    let path: FilePath
    /// Where the output of this incarnation begins.
    let start: Int64

    /// Opens the file for appending, making it if need be.
    static func open(_ path: String) throws -> (LogFile, FileDescriptor) {
        let path = FilePath(path)
        let descriptor = try FileDescriptor.open(
            path, .writeOnly, options: [.append, .create, .closeOnExec],
            permissions: [.ownerReadWrite, .groupRead, .otherRead])
        return (LogFile(path: path, start: try descriptor.seek(offset: 0, from: .end)), descriptor)
    }

    /// The last lines of this incarnation.
    func tail(lines: Int = 20) -> [String] {
        // Evidence for an error that is reported anyway: what can't be read is left out.
        guard let descriptor = try? FileDescriptor.open(path, .readOnly, options: .closeOnExec)
        else { return [] }
        defer { try? descriptor.close() }
        let end = (try? descriptor.seek(offset: 0, from: .end)) ?? 0
        let from = max(start, end - Int64(Self.tailBytesMax))
        guard end > from else { return [] }
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(end - from)) { buffer, count in
            count =
                (try? descriptor.read(fromAbsoluteOffset: from, into: .init(buffer))) ?? 0
        }
        return String(decoding: bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: true).suffix(lines).map(String.init)
    }
}
