/// A file of records that only ever grows; see `RecordFormat`.
struct RecordFile: Sendable {
    private let file: PosixFile

    /// What a file of records was found to hold.
    struct Contents: Sendable {
        var payloads: [[UInt8]]
        /// How many bytes of a record that was never completed were cut off.
        var tornBytes: Int
    }

    /// Opens a file, makes it if it is missing, and cuts off a torn tail.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - damaged: What to throw if a record is bad that sound ones follow, at this offset.
    /// - Throws: what `damaged` says, or `StorageError.system`.
    /// - Returns: the open file, and what it holds.
    static func open(
        _ path: String, damaged: (_ offset: Int) -> StorageError
    ) throws(StorageError) -> (file: RecordFile, contents: Contents) {
        let file = try PosixFile(appendingTo: path)
        let bytes = try file.readAll()
        let found: (payloads: [[UInt8]], end: Int)
        do {
            found = try RecordFormat.payloads(of: bytes)
        } catch {
            throw damaged(error.offset)
        }
        if found.end < bytes.count {
            try file.truncate(toLength: found.end)
            try file.sync()
        }
        return (
            RecordFile(file: file),
            Contents(payloads: found.payloads, tornBytes: bytes.count - found.end)
        )
    }

    /// Writes a record and syncs it; blocks for as long as the disk takes.
    func append(_ payload: [UInt8]) throws(StorageError) {
        try file.append(RecordFormat.record(of: payload))
        try file.sync()
    }

    /// Gives the descriptor back; the file must not be used afterwards.
    func close() { file.close() }

    /// The payload of a file that holds one record; nil if the file is missing or empty.
    static func single(_ path: String) throws(StorageError) -> [UInt8]? {
        let file = try PosixFile(appendingTo: path)
        defer { file.close() }
        let bytes = try file.readAll()
        if bytes.isEmpty { return nil }
        guard let found = try? RecordFormat.payloads(of: bytes), found.end == bytes.count,
            let payload = found.payloads.first
        else { throw .damagedRecord(path: path, offset: 0) }
        return payload
    }

    /// Puts a file with one record in the place of another, durably.
    static func replace(
        _ path: String, with payload: [UInt8], in directory: String
    ) throws(StorageError) {
        try PosixFile.replace(path, with: RecordFormat.record(of: payload), in: directory)
    }
}
