public import Vocabulary

/// What travels between two nodes: about what is stored, or about who is there.
public enum GossipPayload: Hashable, Sendable {
    /// A message about what is stored.
    case store(GossipMessage)
    /// A message about who is there.
    case membership(MembershipMessage)
}

/// A message with what is written on its envelope.
public struct GossipPacket: Hashable, Sendable {
    /// What it says.
    public var payload: GossipPayload
    /// Who sends it.
    public var from: NodeID
    /// Whom it is for.
    public var to: NodeID
    /// The life that the sender is in.
    public var fromGeneration: Int
    /// The life that the sender believes the receiver to be in; 0 if it has not heard of it yet.
    public var toGeneration: Int

    /// Makes a letter; see the properties.
    public init(
        _ payload: GossipPayload, from: NodeID, to: NodeID, fromGeneration: Int = 1,
        toGeneration: Int = 0
    ) {
        self.payload = payload
        self.from = from
        self.to = to
        self.fromGeneration = fromGeneration
        self.toGeneration = toGeneration
    }
}
