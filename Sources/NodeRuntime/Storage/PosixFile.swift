#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that is only ever read whole and appended to, through the kernel's own calls.
struct PosixFile: Sendable {
    let path: String
    private let descriptor: Int32

    /// Opens a file for reading and appending, and makes it if it is missing.
    init(appendingTo path: String) throws(StorageError) {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .system("open", path: path, code: errno) }
    }

    /// All bytes of the file.
    func readAll() throws(StorageError) -> [UInt8] {
        let length = Int(lseek(descriptor, 0, SEEK_END))
        guard length >= 0 else { throw .system("seek", path: path, code: errno) }
        var bytes = [UInt8](repeating: 0, count: length)
        var place = 0
        while place < length {
            let count = bytes[place...].withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress, $0.count, off_t(place))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system("read", path: path, code: errno) }
            place += count
        }
        return bytes
    }

    /// Hands bytes to the kernel.
    func append(_ bytes: [UInt8]) throws(StorageError) {
        var place = 0
        while place < bytes.count {
            let count = bytes[place...].withUnsafeBytes {
                write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system("write", path: path, code: errno) }
            place += count
        }
    }

    /// Waits until everything that was handed to the kernel is on the disk.
    func sync() throws(StorageError) {
        guard fsync(descriptor) == 0 else { throw .system("fsync", path: path, code: errno) }
    }

    /// Cuts the file.
    func truncate(toLength length: Int) throws(StorageError) {
        guard ftruncate(descriptor, off_t(length)) == 0 else {
            throw .system("truncate", path: path, code: errno)
        }
    }

    /// Gives the descriptor back; the file must not be used afterwards.
    func close() {
        #if canImport(Glibc)
            _ = Glibc.close(descriptor)
        #elseif canImport(Musl)
            _ = Musl.close(descriptor)
        #else
            _ = Darwin.close(descriptor)
        #endif
    }

    /// Puts a file in the place of another, durably.
    static func replace(
        _ path: String, with bytes: [UInt8], in directory: String
    ) throws(StorageError) {
        let temporary = path + ".new"
        _ = unlink(temporary)
        let file = try PosixFile(appendingTo: temporary)
        defer { file.close() }
        try file.append(bytes)
        try file.sync()
        guard rename(temporary, path) == 0 else {
            throw .system("rename", path: temporary, code: errno)
        }
        try syncDirectory(directory)
    }

    /// Whether there is a file of this name.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Removes a file; one that is not there is removed already.
    static func remove(_ path: String) throws(StorageError) {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw .system("remove", path: path, code: errno)
        }
    }

    /// Makes a directory and those above it, where they are missing.
    static func makeDirectory(_ path: String) throws(StorageError) {
        guard mkdir(path, 0o755) != 0, errno != EEXIST else { return }
        let above = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        guard errno == ENOENT, !above.joined().isEmpty else {
            throw .system("make the directory", path: path, code: errno)
        }
        try makeDirectory(above.joined(separator: "/"))
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
            throw .system("make the directory", path: path, code: errno)
        }
    }

    /// Makes the names in a directory durable.
    static func syncDirectory(_ path: String) throws(StorageError) {
        let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw .system("open", path: path, code: errno) }
        let file = PosixFile(path: path, descriptor: directory)
        defer { file.close() }
        try file.sync()
    }

    private init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }
}
