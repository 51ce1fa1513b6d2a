public import Vocabulary

/// What a client is told before it starts.
public struct RaftClientConfiguration: Hashable, Sendable {
    /// The node that the client asks first, for every operation.
    public var home: NodeID
    /// How long an operation may take, redirects and back-offs included.
    public var operationTimeout: Nanoseconds = 1_000_000_000
    /// How long the client waits before it asks again when no leader was found.
    public var retryDelay: Nanoseconds = 20_000_000
    /// How long the client holds back the failure when its own node cannot be reached.
    public var refusalDelay: Nanoseconds = 100_000_000
    /// How many redirects in a row are followed without a delay.
    public var redirectsMax = 3
    /// Whether an operation that was left without an answer is sent again, under the same number,
    /// until its time is over.
    public var retriesUnanswered = false

    /// Makes the configuration of a client, with defaults for the rest.
    public init(home: NodeID) {
        self.home = home
    }
}
