/// A follower's acknowledgement that waits until the entries it covers are durable.
struct WaitingAcknowledgement: Sendable {
    /// How far the log matches the leader's.
    var match: LogIndex
    /// The latest round that the leader asked for.
    var round: UInt64
}
