public import Vocabulary

/// What a node is told before it starts.
public struct RaftConfiguration: Hashable, Sendable {
    /// The node itself.
    public var id: NodeID
    /// All voters, the node included.
    public var membership: Membership
    /// How many times the node was started, this time included.
    public var incarnation = 1
    /// From which lengths a follower draws how long it waits for a leader.
    public var electionTimeout: ClosedRange<Nanoseconds> = 150_000_000...300_000_000
    /// How often a leader says that it lives.
    public var heartbeatInterval: Nanoseconds = 50_000_000
    /// How many entries one message carries at most.
    public var entriesPerMessageMax = 256
    /// How many client sessions are kept at most.
    public var sessionsMax = 4096
    /// The bugs that the node has.
    public var defects: RaftDefects = []

    /// Makes the configuration of a node, with defaults for the rest.
    public init(id: NodeID, membership: Membership) {
        self.id = id
        self.membership = membership
    }
}
