public import GossipCore
import Vocabulary

/// Which of its lives a gossip node is in.
public struct NodeGeneration: Hashable, Sendable {
    /// How many times the node was started with an empty store, this time included.
    public var generation: Int
    /// How many times the node was started.
    public var incarnation: Int

    /// Makes a life; see the properties.
    public init(generation: Int, incarnation: Int) {
        self.generation = generation
        self.incarnation = incarnation
    }
}

/// The payloads of records on a gossip node's disk, as protobuf messages of `Protos/gossip.proto`.
public enum StoreForm {
    /// The bytes of all records that one sync makes durable together.
    public static func encode(_ records: [StoreRecord]) -> [UInt8] {
        var batch = WireGossipStoreBatch()
        batch.records = records.map(WireGossipStoreRecord.init)
        return encoded(batch)
    }

    /// The records of one sync.
    public static func decodeRecords(_ bytes: [UInt8]) throws(FrameError) -> [StoreRecord] {
        let batch: WireGossipStoreBatch = try decoded(bytes, "store batch")
        return try batch.records.map { (record) throws(FrameError) in try StoreRecord(record) }
    }

    /// The bytes of a node's life.
    public static func encode(_ generation: NodeGeneration) -> [UInt8] {
        var wire = WireGossipNodeGeneration()
        wire.generation = UInt64(clamping: generation.generation)
        wire.incarnation = UInt64(clamping: generation.incarnation)
        return encoded(wire)
    }

    /// The life that a node was in.
    public static func decodeGeneration(_ bytes: [UInt8]) throws(FrameError) -> NodeGeneration {
        let wire: WireGossipNodeGeneration = try decoded(bytes, "life")
        return NodeGeneration(
            generation: try integer(wire.generation, "life"),
            incarnation: try integer(wire.incarnation, "incarnation"))
    }
}

extension WireGossipStoreRecord {
    fileprivate init(_ record: StoreRecord) {
        switch record {
        case .entry(let entry): self.entry = WireGossipEntry(entry)
        case .complete(let maximum): complete = WireGossipMaximum(maximum)
        case .collected(let key, let stamp): collected = WireGossipKeyStamp(key, stamp)
        }
    }
}

extension StoreRecord {
    fileprivate init(_ wire: WireGossipStoreRecord) throws(FrameError) {
        switch wire.body {
        case .entry(let entry): self = .entry(Entry(entry))
        case .complete(let maximum): self = .complete(Maximum(maximum))
        case .collected(let write): self = .collected(key: write.key, write.stamp)
        case nil: throw .malformed(field: "record")
        }
    }
}
