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
public enum RaftEvent: Sendable {
    /// The node begins to run; once, before anything else.
    case start
    /// A message came from another node.
    case received(RaftMessage, from: NodeID)
    /// A client asks for something.
    case requested(ClientRequest, id: RequestID)
    /// The instant `RaftCore.nextDeadline` was reached.
    case tick
    /// All hard states up to this token's are durable.
    case hardStateSynced(SyncToken)
    /// All changes of the log up to this token's are durable.
    case logSynced(SyncToken)
}

/// What a node wants done, in this order.
///
/// Changes of the log go to disk in the order given. A completion may cover several requests:
/// while one sync is under way the shell collects the next ones and carries them out together.
public enum RaftEffect: Hashable, Sendable {
    /// Send a message; it may be lost.
    case send(RaftMessage, to: NodeID)
    /// Answer a client.
    case respond(ClientResponse, id: RequestID)
    /// Replace the hard state, atomically, and report `hardStateSynced`.
    case saveHardState(HardState, SyncToken)
    /// Add entries to the log, the first one at this index.
    case appendLog(at: LogIndex, [LogEntry])
    /// Remove the entries from this index on.
    case truncateLog(from: LogIndex)
    /// Make all changes of the log so far durable, and report `logSynced`.
    case syncLog(SyncToken)
    /// Note a state transition; it must survive the process.
    case trace(RaftTraceEvent)
}
