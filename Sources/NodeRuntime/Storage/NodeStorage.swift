import NodeWire
import RaftCore

/// A node's data directory: `hard-state` and `log`.
///
/// Nothing is handed to the kernel before it is synced, so killing the process loses exactly what
/// a power failure would.
struct NodeStorage: Sendable {
    /// What one visit to the disk makes durable.
    struct Batch: Sendable {
        var hardState: HardState?
        var changes: [LogChange] = []
    }

    /// What was found at the start.
    struct Recovery: Sendable {
        /// The hard state and the log.
        var state: RaftDurableState
        /// How many times the node was started, this time included.
        var incarnation: Int
        /// How many bytes of a record that was never completed were cut off.
        var tornBytes: Int
    }

    private let directory: String
    private let log: PosixFile
    private let incarnation: Int

    /// Opens a data directory, makes it if it is missing, and recovers what it holds.
    static func open(
        _ directory: String
    ) throws(StorageError) -> (storage: NodeStorage, recovery: Recovery) {
        try PosixFile.makeDirectory(directory)
        let log = try PosixFile(appendingTo: directory + "/log")
        let (entries, tornBytes) = try recoverLog(log)
        let (hardState, earlier) = try recoverHardState(directory)
        let storage = NodeStorage(directory: directory, log: log, incarnation: earlier + 1)
        // Counts this start, and makes the log's name durable.
        try storage.save(hardState)
        let state = RaftDurableState(hardState: hardState, log: RaftLog(entries: entries))
        return (
            storage,
            Recovery(state: state, incarnation: earlier + 1, tornBytes: tornBytes)
        )
    }

    /// Writes and syncs; blocks for as long as the disk takes.
    func commit(_ batch: Batch) throws(StorageError) {
        if let state = batch.hardState { try save(state) }
        guard !batch.changes.isEmpty else { return }
        try log.append(RecordFormat.record(of: DurableForm.encode(batch.changes)))
        try log.sync()
    }

    private func save(_ state: HardState) throws(StorageError) {
        let payload = DurableForm.encode(state, incarnation: incarnation)
        try PosixFile.replace(
            Self.hardStatePath(directory), with: RecordFormat.record(of: payload), in: directory)
    }

    private static func hardStatePath(_ directory: String) -> String { directory + "/hard-state" }

    private static func recoverHardState(
        _ directory: String
    ) throws(StorageError) -> (state: HardState, incarnation: Int) {
        let file = try PosixFile(appendingTo: hardStatePath(directory))
        defer { file.close() }
        let bytes = try file.readAll()
        // Missing until now: the node is new.
        if bytes.isEmpty { return (HardState(), 0) }
        guard let found = try? RecordFormat.payloads(of: bytes), found.end == bytes.count,
            let payload = found.payloads.first
        else { throw .damagedRecord(path: file.path, offset: 0) }
        do {
            return try DurableForm.decodeHardState(payload)
        } catch {
            throw .unreadableRecord(path: file.path, reason: error.description)
        }
    }

    private static func recoverLog(
        _ file: PosixFile
    ) throws(StorageError) -> (entries: [LogEntry], tornBytes: Int) {
        let bytes = try file.readAll()
        let found: (payloads: [[UInt8]], end: Int)
        do {
            found = try RecordFormat.payloads(of: bytes)
        } catch {
            throw .damagedRecord(path: file.path, offset: error.offset)
        }
        if found.end < bytes.count {
            try file.truncate(toLength: found.end)
            try file.sync()
        }
        var entries: [LogEntry] = []
        for payload in found.payloads {
            do {
                try replay(DurableForm.decodeChanges(payload), onto: &entries)
            } catch {
                throw .unreadableRecord(path: file.path, reason: error.description)
            }
        }
        return (entries, bytes.count - found.end)
    }

    private static func replay(
        _ changes: [LogChange], onto entries: inout [LogEntry]
    ) throws(FrameError) {
        for change in changes {
            switch change {
            case .append(let index, let added):
                guard index.rawValue == entries.count + 1 else {
                    throw .malformed(field: "index")
                }
                entries += added
            case .truncate(let index):
                guard (1...entries.count + 1).contains(index.rawValue) else {
                    throw .malformed(field: "index")
                }
                entries.removeLast(entries.count - index.previous.rawValue)
            }
        }
    }
}
