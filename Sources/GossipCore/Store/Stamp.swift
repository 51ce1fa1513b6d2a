public import Vocabulary

/// The number of a write; rises with every write of one writer, and above all that it has seen.
public typealias Version = UInt64

/// Who made a write: a node in one of its lives.
///
/// A node that lost its store begins another life, so that it never gives out a stamp twice.
public struct Writer: Hashable, Comparable, Sendable {
    /// The node.
    public var node: NodeID
    /// How many times the node began with an empty store, this time included.
    public var generation: Int

    /// Names a writer; the first life by default.
    public init(_ node: NodeID, generation: Int = 1) {
        self.node = node
        self.generation = generation
    }

    /// Orders writers by node, then by life.
    public static func < (left: Writer, right: Writer) -> Bool {
        left.node == right.node ? left.generation < right.generation : left.node < right.node
    }
}

extension Writer: CustomStringConvertible {
    /// The writer's name, such as `n3`, or `n3/2` in a second life.
    public var description: String { generation == 1 ? "\(node)" : "\(node)/\(generation)" }
}

/// What identifies a write and orders it among all writes of its key.
///
/// The order is total: of two writes with equal versions, that of the larger writer wins.
public struct Stamp: Hashable, Comparable, Sendable {
    /// The number that the writer gave it.
    public var version: Version
    /// Who wrote.
    public var writer: Writer

    /// Makes the stamp of a write.
    public init(version: Version, writer: Writer) {
        self.version = version
        self.writer = writer
    }

    /// Orders by version, then by writer.
    public static func < (left: Stamp, right: Stamp) -> Bool {
        left.version == right.version
            ? left.writer < right.writer : left.version < right.version
    }
}

extension Stamp: CustomStringConvertible {
    /// The stamp as a person writes it, such as `17@n3`.
    public var description: String { "\(version)@\(writer)" }
}
