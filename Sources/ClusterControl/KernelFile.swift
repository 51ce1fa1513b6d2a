import SystemPackage

/// A file of `/proc`, whose length is not known before it has been read to its end.
enum KernelFile {
    /// The text of the file; empty if it is gone, as after the end of its process.
    static func contents(_ path: String) -> String {
        guard let file = try? FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
        else { return "" }
        defer { try? file.close() }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while let count = try? piece.withUnsafeMutableBytes({ try file.read(into: $0) }), count > 0
        {
            bytes += piece[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
