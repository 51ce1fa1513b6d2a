import Vocabulary

/// The question whether a member lives, and what came of it so far.
struct Probe: Sendable {
    var target: NodeID
    var number: UInt64
    /// When others are asked to probe, unless that was done.
    var indirectAt: Instant
    /// When it has failed.
    var endsAt: Instant
    var isAnswered = false
    /// Those that were asked to probe and have said nothing.
    var silentHelpers: [NodeID] = []
}

/// A probe on behalf of another member.
struct ForwardedProbe: Sendable {
    var number: UInt64
    var requester: NodeID
    var requestNumber: UInt64
    var endsAt: Instant
}
