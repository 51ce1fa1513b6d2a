/// A line of the node's durable store, in the order in which they are to be written.
public enum StoreRecord: Hashable, Sendable {
    /// A write was stored.
    case entry(Entry)
    /// The store is complete in a writer's writes up to a version.
    case complete(Maximum)
    /// A tombstone that every member has seen was removed.
    case collected(key: String, Stamp)
}

/// Everything that a node must find again after a crash.
public struct GossipDurableState: Hashable, Sendable {
    /// The records in the order in which they were saved.
    public var records: [StoreRecord]

    /// Makes a state; that of a new node by default.
    public init(records: [StoreRecord] = []) { self.records = records }
}
