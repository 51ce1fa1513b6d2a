import GossipCore
import Vocabulary

// Writes and who made them; the same form on the wire and on disk.

extension Writer {
    init(node: UInt32, generation: UInt32) { self.init(NodeID(node), generation: Int(generation)) }

    var wireNode: UInt32 { UInt32(clamping: node.rawValue) }
    var wireGeneration: UInt32 { UInt32(clamping: generation) }
}

extension WireGossipStamp {
    init(_ stamp: Stamp) {
        version = stamp.version
        node = stamp.writer.wireNode
        generation = stamp.writer.wireGeneration
    }
}

extension Stamp {
    init(_ wire: WireGossipStamp) {
        self.init(
            version: wire.version, writer: Writer(node: wire.node, generation: wire.generation))
    }
}

extension WireGossipEntry {
    init(_ entry: Entry) {
        key = entry.key
        if let value = entry.value { self.value = value }
        version = entry.stamp.version
        node = entry.stamp.writer.wireNode
        generation = entry.stamp.writer.wireGeneration
    }
}

extension Entry {
    init(_ wire: WireGossipEntry) {
        self.init(
            key: wire.key, value: wire.hasValue ? wire.value : nil,
            stamp: Stamp(
                version: wire.version, writer: Writer(node: wire.node, generation: wire.generation))
        )
    }
}

extension WireGossipKeyStamp {
    init(_ key: String, _ stamp: Stamp) {
        self.key = key
        version = stamp.version
        node = stamp.writer.wireNode
        generation = stamp.writer.wireGeneration
    }

    var stamp: Stamp { Stamp(version: version, writer: Writer(node: node, generation: generation)) }
}

extension WireGossipMaximum {
    init(_ maximum: Maximum) {
        node = maximum.writer.wireNode
        generation = maximum.writer.wireGeneration
        version = maximum.version
    }
}

extension Maximum {
    init(_ wire: WireGossipMaximum) {
        self.init(Writer(node: wire.node, generation: wire.generation), wire.version)
    }
}
