public import Vocabulary

/// A number for something that is being made durable; rises with each request.
public struct SyncToken: Hashable, Comparable, Sendable {
    /// The number itself; 0 before the first request.
    public var rawValue: UInt64

    /// Makes the token with this number.
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// Orders tokens by the time of the request.
    public static func < (left: SyncToken, right: SyncToken) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// What happens to a node.
public enum GossipEvent: Sendable {
    /// The node begins to run; once, before anything else.
    case start
    /// A message came from another node.
    case received(GossipMessage, from: NodeID)
    /// Bytes came that are no message.
    case undecodable
    /// A message came from somebody who is no member, or that is not meant for this node.
    case strange
    /// A message came that was meant for an earlier life of this node, and is not taken.
    case outdated(from: NodeID)
    /// A client asks for something.
    case requested(ClientRequest, id: RequestID)
    /// The instant `GossipCore.nextDeadline` was reached.
    case tick
    /// Everything up to this token's is durable.
    case saved(SyncToken)
    /// Which other members are held alive, and which are held dead; in the order of their numbers.
    case membersChanged(alive: [NodeID], dead: [NodeID])
    /// A member was taken out for good; nobody waits for it any more.
    case removed(NodeID)
}

/// How a message is to travel.
public enum Channel: Hashable, Sendable {
    /// One datagram, which may be lost, delayed and repeated.
    case datagram
    /// A connection, for what does not fit a datagram.
    case stream
}

/// What a node wants done, in this order.
public enum GossipEffect: Hashable, Sendable {
    /// Send a message; it may be lost.
    case send(GossipMessage, to: NodeID, over: Channel)
    /// Answer a client.
    case respond(ClientResponse, id: RequestID)
    /// Append these records to the store, and report `saved` when they are durable.
    ///
    /// One report may cover several requests: while one sync is under way the shell collects the
    /// next ones.
    case save([StoreRecord], SyncToken)
    /// Note a state transition; it must survive the process.
    case trace(GossipTraceEvent)
}
