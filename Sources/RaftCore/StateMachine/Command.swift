public import Objects

/// The number of a client session: the log index at which it was opened.
public struct SessionID: Hashable, Sendable {
    /// The number itself.
    public var rawValue: UInt64

    /// Names the session with this number.
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }
}

/// An operation in the log, numbered so that a copy of it has no second effect.
public struct Command: Hashable, Sendable {
    /// The session that it belongs to.
    public var session: SessionID
    /// Its number in the session, rising from 1; a retry keeps it.
    public var sequence: UInt64
    /// The key.
    public var key: String
    /// What is done to the key.
    public var operation: ObjectOperation

    /// Makes a command; see the properties.
    public init(
        session: SessionID, sequence: UInt64, key: String, operation: ObjectOperation
    ) {
        self.session = session
        self.sequence = sequence
        self.key = key
        self.operation = operation
    }
}
