public import Vocabulary

/// What happens to a node's view of the members.
public enum MembershipEvent: Sendable {
    /// The node begins to run; once, before anything else.
    case start
    /// A message came from another node, known or not.
    case received(MembershipMessage, from: NodeID)
    /// The instant `Membership.nextDeadline` was reached.
    case tick
    /// A node takes this one for what it was before it lost its store: it is to be told.
    case outdated(from: NodeID)
    /// The node is to leave for good.
    case leave
}

/// What a node's view of the members wants done.
public enum MembershipEffect: Hashable, Sendable {
    /// Send a message; it may be lost.
    case send(MembershipMessage, to: NodeID)
    /// Which other members are held alive (suspects among them), and which dead; those that left are
    /// in neither.
    case changed(alive: [NodeID], dead: [NodeID])
    /// A member said that it leaves.
    case left(NodeID)
    /// Note that a member is held for something else.
    case trace(MemberUpdate)
}
