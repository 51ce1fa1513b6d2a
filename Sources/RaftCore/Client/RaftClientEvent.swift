public import Objects
public import Vocabulary

/// What happens to a client.
public enum RaftClientEvent: Hashable, Sendable {
    /// The user wants an operation; only when none is under way.
    case invoked(key: String, ObjectOperation)
    /// The connection that was asked for stands: the node itself has answered on it.
    case connected(NodeID)
    /// A connection could not be made, or was lost.
    case disconnected(NodeID)
    /// A node answered a request.
    case responded(ClientResponse, id: RequestID, from: NodeID)
    /// The instant `RaftClientCore.nextDeadline` was reached.
    case tick
}

/// What a client wants done.
public enum RaftClientEffect: Hashable, Sendable {
    /// Connect to a node, and report `connected` or `disconnected`.
    case connect(NodeID)
    /// Give up a connection; nothing needs to be reported.
    case disconnect(NodeID)
    /// Send a request over the connection that stands.
    case send(ClientRequest, id: RequestID, to: NodeID)
    /// Tell the user how the operation ended.
    case finish(RaftClientOutcome)
}

/// How an operation ended.
public enum RaftClientOutcome: Hashable, Sendable {
    /// Why an operation certainly did not take effect and never will.
    public enum Failure: Hashable, Sendable {
        /// The object refused it.
        case object(ObjectRefusal)
        /// The client's own node could not be reached.
        case refused
        /// The time ran out while no node had the request.
        case noLeader
        /// The cluster no longer knows the client's session; the next operation opens another.
        case sessionExpired
    }

    /// Why nobody knows whether the operation took effect, or yet will.
    public enum Unknown: Hashable, Sendable {
        /// The node did not answer in time.
        case timedOut
        /// The connection broke before the answer.
        case connectionLost
        /// The leader had the request in its log when it ceased to lead.
        case leadershipLost
        /// The cluster no longer knows the session, after an earlier copy was left without an answer.
        case sessionExpired
    }

    /// It took effect and answered this, which is no refusal.
    case ok(ObjectResult, by: NodeID)
    /// It certainly did not.
    case fail(Failure, by: NodeID?)
    /// Unknown.
    case info(Unknown, by: NodeID)
}

extension RaftClientOutcome.Failure: CustomStringConvertible {
    /// The reason as histories record it.
    public var description: String {
        switch self {
        case .object(let refusal): refusal.description
        case .refused: "refused"
        case .noLeader: "no-leader"
        case .sessionExpired: "session-expired"
        }
    }
}

extension RaftClientOutcome.Unknown: CustomStringConvertible {
    /// The reason as histories record it.
    public var description: String {
        switch self {
        case .timedOut: "timeout"
        case .connectionLost: "connection-lost"
        case .leadershipLost: "leadership-lost"
        case .sessionExpired: "session-expired"
        }
    }
}
