public import Vocabulary

/// A state transition that a node wrote to its trace.
public struct NodeTraceEvent: Hashable, Sendable {
    /// When, on the run's clock.
    public var time: Instant
    /// Which node.
    public var node: NodeID
    /// What happened, such as `leader`, `follower`, `candidate`, `voted`, `truncated`, `started`.
    public var name: String
    /// The node's term.
    public var term: Int?
    /// The log index it is about.
    public var index: Int?
    /// The rolling hash of the log up to that index.
    public var hash: UInt64?
    /// The term of the entry at that index.
    public var entryTerm: Int?
    /// How many entries it is about, of which the last is at that index.
    public var count: Int?
    /// Whatever else is worth knowing, for a person.
    public var detail: String?

    /// Makes a trace event; see the properties.
    public init(
        time: Instant, node: NodeID, name: String, term: Int? = nil, index: Int? = nil,
        hash: UInt64? = nil, entryTerm: Int? = nil, count: Int? = nil, detail: String? = nil
    ) {
        self.time = time
        self.node = node
        self.name = name
        self.term = term
        self.index = index
        self.hash = hash
        self.entryTerm = entryTerm
        self.count = count
        self.detail = detail
    }
}
