public import Vocabulary

/// What travels between two nodes: about what is stored, or about who is there.
public enum GossipPost: Hashable, Sendable {
    /// A message about what is stored.
    case store(GossipMessage)
    /// A message about who is there.
    case membership(MembershipMessage)
}

/// A message with what is written on its envelope.
public struct GossipLetter: Hashable, Sendable {
    /// What it says.
    public var post: GossipPost
    /// Who sends it.
    public var from: NodeID
    /// Whom it is for.
    public var to: NodeID
    /// The life that the sender is in.
    public var fromLife: Int
    /// The life that the sender believes the receiver to be in; 0 if it has not heard of it yet.
    public var toLife: Int

    /// Makes a letter; see the properties.
    public init(
        _ post: GossipPost, from: NodeID, to: NodeID, fromLife: Int = 1, toLife: Int = 0
    ) {
        self.post = post
        self.from = from
        self.to = to
        self.fromLife = fromLife
        self.toLife = toLife
    }
}
