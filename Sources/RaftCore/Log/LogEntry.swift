/// What one place of the replicated log holds.
public struct LogEntry: Hashable, Sendable {
    /// What an entry does when it is applied.
    public enum Payload: Hashable, Sendable {
        /// Nothing: a leader's first entry, which lets it commit what its term inherited (§5.4.2).
        case noOp
        /// Opens a client session whose number is the entry's index.
        case openSession
        /// Executes a client's command.
        case command(Command)
    }

    /// The term of the leader that made the entry.
    public var term: Term
    /// What it does.
    public var payload: Payload

    /// Makes an entry of a term.
    public init(term: Term, payload: Payload) {
        self.term = term
        self.payload = payload
    }
}

/// A place in the log with what identifies everything up to it.
public struct LogPosition: Hashable, Sendable {
    /// The place.
    public var index: LogIndex
    /// The term of the entry there.
    public var term: Term
    /// The rolling hash of all entries up to there; see `RollingHash`.
    public var hash: UInt64

    /// Makes a position; see the properties.
    public init(index: LogIndex, term: Term, hash: UInt64) {
        self.index = index
        self.term = term
        self.hash = hash
    }

    /// The place before the first entry.
    public static let origin = LogPosition(index: .zero, term: .zero, hash: 0)
}
