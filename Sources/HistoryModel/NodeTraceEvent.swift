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
    /// Whatever else is worth knowing, for a person.
    public var detail: String?

    /// Makes a trace event; see the properties.
    public init(
        time: Instant, node: NodeID, name: String, term: Int? = nil, index: Int? = nil,
        hash: UInt64? = nil, detail: String? = nil
    ) {
        self.time = time
        self.node = node
        self.name = name
        self.term = term
        self.index = index
        self.hash = hash
        self.detail = detail
    }
}
