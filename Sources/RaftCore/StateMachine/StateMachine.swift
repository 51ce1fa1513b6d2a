public import Objects

/// What the log computes: the store, and the sessions that make each command count once.
///
/// Source: Ongaro's thesis (2014), §6.3. A session is opened by an entry of its own, so a copy of
/// a command whose session has been expired meanwhile can never open it anew and be applied
/// twice: it finds no session and is refused. Sessions expire by the log alone, hence equally on
/// all nodes: when more than `sessionsMax` are open, the one whose last entry is the oldest goes.
public struct StateMachine: Hashable, Sendable {
    private struct Session: Hashable, Sendable {
        var lastUsed: LogIndex
        var sequence: UInt64
        var response: ClientResponse
    }

    /// The data.
    public private(set) var store = ObjectStore()
    /// The last entry that was applied.
    public private(set) var appliedIndex = LogIndex.zero
    private var sessions: [SessionID: Session] = [:]
    private let sessionsMax: Int
    /// Whether a copy of a command counts again; only with the defect `no-sessions`.
    private let appliesCopies: Bool

    /// Makes the machine of an empty log, with a bound on open sessions.
    public init(sessionsMax: Int, appliesCopies: Bool = false) {
        self.sessionsMax = sessionsMax
        self.appliesCopies = appliesCopies
    }

    /// Applies the entry that follows the last applied one and returns what its client is told.
    mutating func apply(_ entry: LogEntry) -> ClientResponse {
        appliedIndex = appliedIndex.next
        switch entry.payload {
        case .noOp: return .answered(.done)
        case .openSession: return openSession()
        case .command(let command): return execute(command)
        }
    }

    private mutating func openSession() -> ClientResponse {
        // The minimum is unique, so the dictionary's order does not matter.
        if sessions.count >= sessionsMax,
            let oldest = sessions.min(by: { $0.value.lastUsed < $1.value.lastUsed })
        {
            sessions[oldest.key] = nil
        }
        let session = SessionID(UInt64(appliedIndex.rawValue))
        sessions[session] = Session(lastUsed: appliedIndex, sequence: 0, response: .answered(.done))
        return .opened(session)
    }

    private mutating func execute(_ command: Command) -> ClientResponse {
        guard let place = sessions.index(forKey: command.session) else { return .sessionExpired }
        let sequence = sessions.values[place].sequence
        guard command.sequence >= sequence || appliesCopies else { return .outdated }
        sessions.values[place].lastUsed = appliedIndex
        if command.sequence > sequence || appliesCopies {
            sessions.values[place].sequence = max(sequence, command.sequence)
            sessions.values[place].response = .answered(
                store.execute(command.operation, on: command.key))
        }
        return sessions.values[place].response
    }
}
