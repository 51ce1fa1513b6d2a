import GossipCore
import NodeWire

/// A gossip node's data directory: `generation` and `store`.
///
/// A node whose store is gone, because it was moved away or its node has left, begins another life: it
/// must not give out stamps of writes that others may still know.
struct GossipStorage: Sendable {
    /// What was found at the start.
    struct Recovery: Sendable {
        /// The records.
        var state: GossipDurableState
        /// The life that begins or goes on.
        var generation: NodeGeneration
        /// How many bytes of a record that was never completed were cut off.
        var tornBytes: Int
        /// How many bytes the records take.
        var bytes: Int
    }

    private let directory: String
    private var store: RecordFile

    private static func storePath(_ directory: String) -> String { directory + "/store" }

    /// Opens a data directory, makes it if it is missing, and recovers what it holds.
    static func open(
        _ directory: String
    ) throws(StorageError) -> (storage: GossipStorage, recovery: Recovery) {
        try PosixFile.makeDirectory(directory)
        let path = storePath(directory)
        let isNew = !PosixFile.exists(path)
        let generationPath = directory + "/life"
        var generation = NodeGeneration(generation: 0, incarnation: 0)
        if let payload = try RecordFile.single(generationPath) {
            generation = try readable(generationPath) { () throws(FrameError) in
                try StoreForm.decodeGeneration(payload)
            }
        }
        generation.incarnation += 1
        if isNew || generation.generation == 0 { generation.generation += 1 }
        // Before the store is made: else a crash in between would end in the old life without a store.
        try RecordFile.replace(generationPath, with: StoreForm.encode(generation), in: directory)
        let (store, contents) = try openStore(path)
        if isNew { try PosixFile.syncDirectory(directory) }
        var state = GossipDurableState()
        for payload in contents.payloads {
            state.records += try readable(path) { () throws(FrameError) in
                try StoreForm.decodeRecords(payload)
            }
        }
        return (
            GossipStorage(directory: directory, store: store),
            Recovery(
                state: state, generation: generation, tornBytes: contents.tornBytes,
                bytes: contents.payloads.reduce(0) { $0 + $1.count })
        )
    }

    /// Writes and syncs; blocks for as long as the disk takes.
    func commit(_ records: [StoreRecord]) throws(StorageError) {
        try store.append(StoreForm.encode(records))
    }

    /// Puts these records in the place of all that were saved so far.
    mutating func replace(with state: GossipDurableState) throws(StorageError) {
        let path = Self.storePath(directory)
        try RecordFile.replace(path, with: StoreForm.encode(state.records), in: directory)
        store.close()
        store = try Self.openStore(path).file
    }

    /// Forgets everything: the node has left.
    func remove() throws(StorageError) {
        try PosixFile.remove(Self.storePath(directory))
        try PosixFile.syncDirectory(directory)
    }

    private static func openStore(
        _ path: String
    ) throws(StorageError) -> (file: RecordFile, contents: RecordFile.Contents) {
        try RecordFile.open(path) { .damagedStore(path: path, offset: $0) }
    }

    private static func readable<Found>(
        _ path: String, _ read: () throws(FrameError) -> Found
    ) throws(StorageError) -> Found {
        do { return try read() } catch {
            throw .unreadableRecord(path: path, reason: error.description)
        }
    }
}
