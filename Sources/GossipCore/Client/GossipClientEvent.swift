public import Vocabulary

/// What a client does to a key.
public enum GossipOperation: Hashable, Sendable {
    /// Asks for the value.
    case get
    /// Asks for all keys that begin with the key that is given, and for their values.
    case list
    /// Sets the value.
    case put(String)
    /// Removes the key.
    case delete
}

/// What happens to a client.
public enum GossipClientEvent: Hashable, Sendable {
    /// The user wants an operation; only when none is under way.
    case invoked(key: String, GossipOperation)
    /// The connection that was asked for stands: the node itself has answered on it.
    case connected(NodeID)
    /// A connection could not be made, or was lost.
    case disconnected(NodeID)
    /// A node answered a request.
    case responded(ClientResponse, id: RequestID, from: NodeID)
    /// The instant `GossipClientCore.nextDeadline` was reached.
    case tick
}

/// What a client wants done.
public enum GossipClientEffect: Hashable, Sendable {
    /// Connect to a node, and report `connected` or `disconnected`.
    case connect(NodeID)
    /// Give up a connection; nothing needs to be reported.
    case disconnect(NodeID)
    /// Send a request over the connection that stands.
    case send(ClientRequest, id: RequestID, to: NodeID)
    /// Tell the user how the operation ended.
    case finish(GossipClientOutcome)
}

/// How an operation ended.
public enum GossipClientOutcome: Hashable, Sendable {
    /// What certainly happened.
    public enum Success: Hashable, Sendable {
        /// The key held this value; nil if it was never written or is deleted.
        case value(String?, Stamp?)
        /// The keys that begin with the one that was given, in their order, with their values.
        case listed([KeyValue])
        /// The write is durable at the node that took it.
        case stored(Stamp)
    }

    /// Why an operation certainly did not take effect and never will.
    public enum Failure: Hashable, Sendable {
        /// No node that may serve the client could be reached.
        case unreachable
        /// The node would not do it.
        case refused(Refusal)
    }

    /// Why nobody knows whether the operation took effect.
    public enum Unknown: Hashable, Sendable {
        /// The node did not answer in time.
        case timedOut
        /// The connection broke before the answer.
        case connectionLost
    }

    /// It took effect.
    case ok(Success, by: NodeID)
    /// It certainly did not.
    case fail(Failure, by: NodeID?)
    /// Unknown.
    case info(Unknown, by: NodeID)
}

extension GossipClientOutcome.Failure: CustomStringConvertible {
    /// The reason as histories record it.
    public var description: String {
        switch self {
        case .unreachable: "unreachable"
        case .refused(let refusal): refusal.description
        }
    }
}

extension GossipClientOutcome.Unknown: CustomStringConvertible {
    /// The reason as histories record it.
    public var description: String {
        switch self {
        case .timedOut: "timeout"
        case .connectionLost: "connection-lost"
        }
    }
}
