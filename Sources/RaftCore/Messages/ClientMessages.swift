public import Objects
public import Vocabulary

/// The number by which a request's response is recognised; unique per connection or shell.
public struct RequestID: Hashable, Sendable {
    /// The number itself.
    public var rawValue: UInt64

    /// Makes the request number.
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }
}

/// What a client asks of a node.
public enum ClientRequest: Hashable, Sendable {
    /// A new session; a lost one costs nothing.
    case openSession
    /// What the object of a key holds; a read, which needs no entry in the log.
    case read(ObjectOperation, key: String)
    /// A change, in the log.
    case execute(Command)
}

/// What a node answers.
public enum ClientResponse: Hashable, Sendable {
    /// The session is open.
    case opened(SessionID)
    /// The object was read or changed, or has refused the change.
    case answered(ObjectResult)
    /// The node does not lead and has certainly not appended the request.
    case notLeader(hint: NodeID?)
    /// The node ceased to lead with the request in its log: it may commit yet, or never.
    case leadershipLost
    /// No such session: this copy of the command has changed nothing and never will.
    ///
    /// Whether an earlier copy did is unknown.
    case sessionExpired
    /// The session has gone on to a later command: this copy has changed nothing.
    case outdated
}
