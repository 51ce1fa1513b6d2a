internal import ClusterControl
public import Faults
internal import FaultProxy
internal import HistoryModel
internal import Logging
internal import RaftCore
public import Vocabulary
internal import Workloads

/// The replicated key-value store that comes with the harness: one `raft-node` process per node,
/// every connection between them, and from the clients to them, through the fault proxy.
public struct RaftSystem: SystemUnderTest {
    /// Makes the system.
    public init() {}

    /// `raft`.
    public var name: String { "raft" }
    /// What it is, in a line.
    public var summary: String { "the bundled key-value store on Raft, as real processes" }
    /// All but churn: its members are fixed.
    public var faultFamilies: [FaultFamily] { [.partition, .kill, .pause] }
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
        }
    }

    /// Starts the nodes, waits for a leader, runs `body`, and ends the nodes.
    ///
    /// - Throws: `ClusterError` if a node can't be started, ``RaftSystemError`` if none leads in
    ///   time, or what `body` throws.
    public func withRunning(
        _ environment: SystemEnvironment,
        _ body: @escaping @Sendable (any RunningSystem) async throws -> Void
    ) async throws {
        let program = try ProgramSearch.find("raft-node")
        let clock = environment.clock
        let nodes = environment.configuration.nodeIDs
        if let shortage = try DescriptorLimit.raise().shortage(nodes: nodes.count) {
            throw RaftSystemError.tooFewDescriptors(shortage)
        }
        try await FaultProxy.run(nodes: nodes, probes: PingProbe(), now: clock.now) { proxy in
            // Nobody reads the controller's own log; what it reports is in the run file.
            let silent = Logger(label: "cluster") { _ in SwiftLogNoOpLogHandler() }
            try await Cluster.run(logger: silent, now: clock.now) { cluster in
                let launches = try await launches(program, environment, proxy)
                try await withThrowingTaskGroup(of: Void.self) { starts in
                    for launch in launches {
                        starts.addTask {
                            let life = try await cluster.start(launch)
                            await proxy.setTarget(launch.node, port: life.port)
                        }
                    }
                    for try await _ in starts {}
                }
                let running = try await RunningRaft(
                    environment: environment, proxy: proxy, cluster: cluster)
                try await running.serve { try await body(running) }
            }
        }
    }

    private func launches(
        _ program: String, _ environment: SystemEnvironment, _ proxy: FaultProxy
    ) async throws -> [NodeLaunch] {
        let configuration = environment.configuration
        let timeout = configuration.electionTimeout
        let shortest = max(2, timeout.lowerBound / 1_000_000)
        let longest = max(shortest, timeout.upperBound / 1_000_000)
        var launches: [NodeLaunch] = []
        for node in configuration.nodeIDs {
            let folder = environment.nodeFolder(node)
            var arguments = [
                "--id", "\(node.rawValue)", "--data-dir", "\(folder)/data",
                "--trace-file", environment.traceFile(node),
                "--election-timeout", "\(shortest)-\(longest)",
                "--heartbeat", "\(max(1, min(50, shortest / 3)))",
                "--entries-per-message", "\(configuration.entriesPerMessage)",
                "--seed", "\(Seed(configuration.seed).derived("node \(node)").rawValue)",
            ]
            for peer in configuration.nodeIDs where peer != node {
                let port = try await proxy.port(from: .node(node), to: peer)
                arguments += ["--peer", "\(peer.rawValue)=127.0.0.1:\(port)"]
            }
            for defect in configuration.defects { arguments += ["--defect", defect] }
            launches.append(
                NodeLaunch(
                    node: node, executable: program, arguments: arguments, directory: folder))
        }
        return launches
    }
}

extension SystemEnvironment {
    /// The folder of a node, an absolute path.
    func nodeFolder(_ node: NodeID) -> String { "\(directory)/\(node)" }
    /// The file in which a node notes its state transitions.
    func traceFile(_ node: NodeID) -> String { "\(nodeFolder(node))/trace.jsonl" }
}

/// Why the Raft store could not be tested.
public enum RaftSystemError: Error, Hashable, CustomStringConvertible {
    /// No node led in time.
    case noLeader(seconds: Int, directory: String)
    /// A node ended before any of them led; with the end of its log.
    case endedBeforeElection(NodeID, String)
    /// A node ended because the disk is full.
    case diskFull(NodeID, directory: String)
    /// The machine allows too few open files for so many nodes.
    case tooFewDescriptors(String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .noLeader(let seconds, let directory):
            "no node led within \(seconds) s of the start; see the logs in \(directory), and "
                + "whether the machine is too busy for the election timeout"
        case .endedBeforeElection(let node, let story):
            "\(node) ended before a leader was elected: \(story)"
        case .diskFull(let node, let directory):
            "\(node) ended because the disk of \(directory) is full; free some space or choose "
                + "another folder with --reports"
        case .tooFewDescriptors(let text): text
        }
    }
}
