import Vocabulary

/// The latest write of a key.
public struct Entry: Hashable, Sendable {
    /// The key.
    public var key: String
    /// What was written; nil where the key was deleted: a tombstone.
    public var value: String?
    /// Which write it is.
    public var stamp: Stamp

    /// Makes an entry; a tombstone if there is no value.
    public init(key: String, value: String?, stamp: Stamp) {
        self.key = key
        self.value = value
        self.stamp = stamp
    }

    /// Whether the key was deleted.
    public var isTombstone: Bool { value == nil }

    /// A hash of the whole entry, equal on every machine.
    public var hash: UInt64 {
        var hash = StableHash()
        hash.add(key)
        hash.add(stamp.version)
        hash.add(UInt64(bitPattern: Int64(stamp.writer.node.rawValue)))
        hash.add(UInt64(bitPattern: Int64(stamp.writer.generation)))
        if let value { hash.add(value) }
        return hash.value
    }

    /// An upper bound of what the entry takes on the wire.
    var bytes: Int { 40 + key.utf8.count + (value?.utf8.count ?? 0) }
}
