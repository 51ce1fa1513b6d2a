public import Faults
internal import RaftCore
internal import Vocabulary
internal import Workloads

/// The replicated key-value store that comes with the harness: one `raft-node` process per node,
/// every connection between them, and from the clients to them, through the fault proxy.
public struct RaftSystem: SystemUnderTest {
    /// Makes the system.
    public init() {}

    /// `raft`.
    public var name: String { "raft" }
    /// What it is, in a line.
    public var summary: String {
        "the bundled store on Raft, as real processes: registers, queues, sets, locks, counters, "
            + "lists, ids"
    }
    /// All but churn: its members are fixed.
    public var primitives: Set<FaultAction.Primitive> { [.cut, .kill, .pause] }
    /// The bugs that the node program can put back.
    public var defects: [DefectDescription] {
        RaftDefect.allCases.map { DefectDescription(name: $0.rawValue, summary: Self.summary($0)) }
    }

    private static func summary(_ defect: RaftDefect) -> String {
        switch defect {
        case .staleReads: "the leader answers reads from its own state, without a quorum"
        case .noFsync: "entries are acknowledged at once and synced once a second"
        case .figure8: "a leader commits entries of older terms by counting their copies"
        case .upToDateByIndex: "a voter prefers the longer log, whatever its last term"
        case .countOldVotes: "a candidate counts votes of its earlier elections"
        case .noSessions: "a command that a client sends again is applied again"
        case .localTokens: "a leader counts the fencing tokens of locks itself, since its start"
        case .readModifyWriteAppend: "a leader appends to a list by writing what it has applied"
        case .unloggedIDs: "a leader hands out ids from its memory, without the log"
        }
    }

    /// Starts the nodes, waits for a leader, runs `body`, and ends the nodes.
    ///
    /// - Throws: `ClusterError` if a node can't be started, ``ProcessSystemError`` if none leads
    ///   in time, or what `body` throws.
    public func withRunning(
        _ environment: SystemEnvironment,
        _ body: @escaping @Sendable (any RunningSystem) async throws -> Void
    ) async throws {
        let system = ProcessSystem(
            program: "raft-node", awaited: "a leader", isServing: { $0.leader != nil },
            clients: { RaftClients(configuration: $0, addresses: $1) },
            arguments: { environment, node in
                Self.arguments(environment.configuration, node)
            })
        try await system.withRunning(environment, body)
    }

    private static func arguments(_ configuration: RunConfiguration, _ node: NodeID) -> [String] {
        let timeout = configuration.electionTimeout
        let shortest = max(2, timeout.lowerBound / 1_000_000)
        let longest = max(shortest, timeout.upperBound / 1_000_000)
        return [
            "--election-timeout", "\(shortest)-\(longest)",
            "--heartbeat", "\(max(1, min(50, shortest / 3)))",
            "--entries-per-message", "\(configuration.entriesPerMessage)",
            "--seed", "\(Seed(configuration.seed).derived("node \(node)").rawValue)",
        ] + configuration.defects.flatMap { ["--defect", $0] }
    }
}
