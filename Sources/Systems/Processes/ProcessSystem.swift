internal import ClusterControl
internal import FaultProxy
internal import HistoryModel
internal import Logging
internal import NIOCore
internal import Vocabulary
internal import Workloads

/// A system of real processes: one per node, every connection and datagram between them, and every
/// connection from the clients to them, through the fault proxy.
struct ProcessSystem: Sendable {
    /// The name of the node's program.
    var program: String
    /// How long the nodes' datagrams may be; nil if they send none.
    var datagramBytesMax: Int?
    /// Who looks at datagrams on their way, and changes them; nil for nobody.
    var tap: (@Sendable (DirectedLink, [UInt8]) -> [UInt8])?
    /// The file below the node's folder without which a node begins with nothing; nil if there is none.
    var storeFile: String?
    /// What is waited for before clients begin, such as `a leader`.
    var awaited: String
    /// Whether it is there.
    var isServing: @Sendable (TraceWatcher) -> Bool
    /// The clients, who find the nodes at these addresses.
    var clients: @Sendable (RunConfiguration, [NodeID: SocketAddress]) -> any ProcessClients
    /// What a node is told beyond its number, its files and its peers.
    var arguments: @Sendable (SystemEnvironment, NodeID) throws -> [String]

    /// Starts the nodes, waits until they serve clients, runs `body`, and ends the nodes.
    ///
    /// - Throws: `ClusterError` if a node can't be started, ``ProcessSystemError`` if they don't
    ///   serve in time, or what `body` throws.
    func withRunning(
        _ environment: SystemEnvironment,
        _ body: @escaping @Sendable (any RunningSystem) async throws -> Void
    ) async throws {
        let path = try ProgramSearch.find(program)
        let clock = environment.clock
        let nodes = environment.configuration.nodeIDs
        if let shortage = try DescriptorLimit.raise().shortage(nodes: nodes.count) {
            throw ProcessSystemError.tooFewDescriptors(shortage)
        }
        try await FaultProxy.run(
            nodes: nodes, probes: PingProbe(), datagramBytesMax: datagramBytesMax,
            seed: Seed(environment.configuration.seed), now: clock.now
        ) { proxy in
            if let tap { await proxy.setTap(tap) }
            // Nobody reads the controller's own log; what it reports is in the run file.
            let silent = Logger(label: "cluster") { _ in SwiftLogNoOpLogHandler() }
            try await Cluster.run(logger: silent, now: clock.now) { cluster in
                let launches = try await launches(path, environment, proxy)
                try await withThrowingTaskGroup(of: Void.self) { starts in
                    for launch in launches {
                        starts.addTask {
                            let processStart = try await cluster.start(launch)
                            await proxy.setTarget(launch.node, port: processStart.port)
                        }
                    }
                    for try await _ in starts {}
                }
                let running = try await RunningProcesses(
                    self, environment: environment, proxy: proxy, cluster: cluster)
                try await running.serve { try await body(running) }
            }
        }
    }

    private func launches(
        _ path: String, _ environment: SystemEnvironment, _ proxy: FaultProxy
    ) async throws -> [NodeLaunch] {
        let nodes = environment.configuration.nodeIDs
        var launches: [NodeLaunch] = []
        for node in nodes {
            let folder = environment.nodeFolder(node)
            var words = [
                "--id", "\(node.rawValue)", "--data-dir", "\(folder)/data",
                "--trace-file", environment.traceFile(node),
            ]
            words += try arguments(environment, node)
            for peer in nodes where peer != node {
                let port = try await proxy.port(from: .node(node), to: peer)
                words += ["--peer", "\(peer.rawValue)=127.0.0.1:\(port)"]
            }
            launches.append(
                NodeLaunch(
                    node: node, executable: path, arguments: words,
                    environment: ["HARNESS_RUN_START_NS": "\(environment.clock.startNanoseconds)"],
                    directory: folder))
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
