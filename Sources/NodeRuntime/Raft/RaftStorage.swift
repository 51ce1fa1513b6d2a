import NodeWire
import RaftCore

/// A node's data directory: `hard-state` and `log`.
///
/// Nothing is handed to the kernel before it is synced, so killing the process loses exactly what
/// a power failure would.
struct RaftStorage: Sendable {
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
    private let log: RecordFile
    private let incarnation: Int

    /// Opens a data directory, makes it if it is missing, and recovers what it holds.
    static func open(
        _ directory: String
    ) throws(StorageError) -> (storage: RaftStorage, recovery: Recovery) {
        try PosixFile.makeDirectory(directory)
        let path = directory + "/log"
        let (log, contents) = try RecordFile.open(path) { .damagedRecord(path: path, offset: $0) }
        let entries = try entries(of: contents.payloads, in: path)
        let (hardState, earlier) = try recoverHardState(directory)
        let storage = RaftStorage(directory: directory, log: log, incarnation: earlier + 1)
        // Counts this start, and makes the log's name durable.
        try storage.save(hardState)
        let state = RaftDurableState(hardState: hardState, log: RaftLog(entries: entries))
        return (
            storage,
            Recovery(state: state, incarnation: earlier + 1, tornBytes: contents.tornBytes)
        )
    }

    /// Writes and syncs; blocks for as long as the disk takes.
    func commit(_ batch: Batch) throws(StorageError) {
        if let state = batch.hardState { try save(state) }
        guard !batch.changes.isEmpty else { return }
        try log.append(DurableForm.encode(batch.changes))
    }

    private func save(_ state: HardState) throws(StorageError) {
        try RecordFile.replace(
            Self.hardStatePath(directory),
            with: DurableForm.encode(state, incarnation: incarnation), in: directory)
    }

    private static func hardStatePath(_ directory: String) -> String { directory + "/hard-state" }

    private static func recoverHardState(
        _ directory: String
    ) throws(StorageError) -> (state: HardState, incarnation: Int) {
        let path = hardStatePath(directory)
        // Missing until now: the node is new.
        guard let payload = try RecordFile.single(path) else { return (HardState(), 0) }
        do {
            return try DurableForm.decodeHardState(payload)
        } catch {
            throw .unreadableRecord(path: path, reason: error.description)
        }
    }

    private static func entries(
        of payloads: [[UInt8]], in path: String
    ) throws(StorageError) -> [LogEntry] {
        var entries: [LogEntry] = []
        for payload in payloads {
            do {
                try replay(DurableForm.decodeChanges(payload), onto: &entries)
            } catch {
                throw .unreadableRecord(path: path, reason: error.description)
            }
        }
        return entries
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
