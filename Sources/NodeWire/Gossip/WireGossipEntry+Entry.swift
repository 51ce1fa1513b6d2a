import GossipCore
import Vocabulary

// Writes and who made them; the same form on the wire and on disk.

extension Writer {
    init(node: UInt32, life: UInt32) { self.init(NodeID(node), life: Int(life)) }

    var wireNode: UInt32 { UInt32(clamping: node.rawValue) }
    var wireLife: UInt32 { UInt32(clamping: life) }
}

extension WireGossipStamp {
    init(_ stamp: Stamp) {
        version = stamp.version
        node = stamp.writer.wireNode
        life = stamp.writer.wireLife
    }
}

extension Stamp {
    init(_ wire: WireGossipStamp) {
        self.init(version: wire.version, writer: Writer(node: wire.node, life: wire.life))
    }
}

extension WireGossipEntry {
    init(_ entry: Entry) {
        key = entry.key
        if let value = entry.value { self.value = value }
        version = entry.stamp.version
        node = entry.stamp.writer.wireNode
        life = entry.stamp.writer.wireLife
    }
}

extension Entry {
    init(_ wire: WireGossipEntry) {
        self.init(
            key: wire.key, value: wire.hasValue ? wire.value : nil,
            stamp: Stamp(version: wire.version, writer: Writer(node: wire.node, life: wire.life)))
    }
}

extension WireGossipKeyStamp {
    init(_ key: String, _ stamp: Stamp) {
        self.key = key
        version = stamp.version
        node = stamp.writer.wireNode
        life = stamp.writer.wireLife
    }

    var stamp: Stamp { Stamp(version: version, writer: Writer(node: node, life: life)) }
}

extension WireGossipMaximum {
    init(_ maximum: Maximum) {
        node = maximum.writer.wireNode
        life = maximum.writer.wireLife
        version = maximum.version
    }
}

extension Maximum {
    init(_ wire: WireGossipMaximum) {
        self.init(Writer(node: wire.node, life: wire.life), wire.version)
    }
}
