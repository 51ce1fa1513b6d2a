public import Vocabulary

/// What a client is told before it starts.
public struct GossipClientConfiguration: Hashable, Sendable {
    /// The nodes that may serve the client, in the order in which it tries them.
    ///
    /// One node alone binds the client to it: only then does the store promise that the client
    /// reads its own writes.
    public var nodes: [NodeID]
    /// How long an operation may take.
    public var operationTimeout: Nanoseconds = 1_000_000_000
    /// How long the client holds back the failure when none of its nodes can be reached.
    public var refusalDelay: Nanoseconds = 100_000_000

    /// Makes the configuration of a client, with defaults for the rest.
    public init(nodes: [NodeID]) {
        self.nodes = nodes
    }
}
