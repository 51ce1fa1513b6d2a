public import Vocabulary

/// What members say to each other about members; always a datagram.
public struct MembershipMessage: Hashable, Sendable {
    /// What the message is for.
    public enum Kind: Hashable, Sendable {
        /// Asks for an `acknowledge` of the same number.
        case ping(UInt64)
        /// Asks the receiver to ping another member on the sender's behalf.
        case pingRequest(UInt64, target: NodeID)
        /// The member that was asked about lives.
        case acknowledge(UInt64)
        /// The receiver of a `pingRequest` lives, but had no answer from the target.
        case noAnswer(UInt64)
        /// The sender is new and wants to know everybody.
        case join
        /// What a member that joins is told, and all that some update brings along.
        case news
    }

    /// What the message is for.
    public var kind: Kind
    /// News that travels along; the first is about the sender itself.
    public var updates: [MemberUpdate]

    /// Makes a message; see the properties.
    public init(_ kind: Kind, updates: [MemberUpdate] = []) {
        self.kind = kind
        self.updates = updates
    }
}
