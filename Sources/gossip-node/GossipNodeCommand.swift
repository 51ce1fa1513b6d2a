import ArgumentParser
import GossipBinding
import GossipCore
import NodeProgram
import NodeRuntime
import Vocabulary
import WorkloadFiles
import Workloads

/// The program of one node of the gossip store.
@main
struct GossipNodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gossip-node",
        abstract: "One node of a gossip key-value store.",
        discussion: """
            \(NodeProgram.contract) On SIGUSR1 the node says good-bye to the others, ends, and removes its \
            store.

            How the nodes spread what they know, how many they are, and the source of all randomness \
            stand in a workload file, the same for all nodes of a cluster.
            """)

    @Option(help: "The node's number, from 1.")
    var id: Int

    @Option(help: "The workload file of the run.")
    var workload: String

    @Option(help: "Where to listen, for connections and datagrams alike; port 0 takes a free one.")
    var listen = HostAndPort(host: "127.0.0.1", port: 0)

    @Option(
        name: .customLong("peer"),
        help: "Another node and where this one reaches it, as NUMBER=HOST:PORT; once per peer.")
    var peers: [PeerAddress] = []

    @Option(help: "The directory for the store; made if it is missing.")
    var dataDir: String

    @Option(help: "The file for state transitions, as JSON lines; appended to.")
    var traceFile: String

    func validate() throws {
        guard id >= 1, peers.allSatisfy({ $0.node.rawValue >= 1 }) else {
            throw ValidationError("Nodes are numbered from 1.")
        }
        guard Set(peers.map(\.node) + [NodeID(id)]).count == peers.count + 1 else {
            throw ValidationError("Every node, this one included, may be named once.")
        }
    }

    func run() throws {
        let run = try readConfiguration()
        try NodeProgram.run("gossip-node", id: NodeID(id)) {
            try GossipNode(options(run), logger: $0, failed: $1)
        }
    }

    private func readConfiguration() throws -> RunConfiguration {
        let run = try WorkloadFile.read(workload)
        guard id <= run.nodes else {
            throw ValidationError("\(workload) has \(run.nodes) nodes; there is no number \(id).")
        }
        return run
    }

    private func options(_ run: RunConfiguration) -> GossipNodeOptions {
        let node = NodeID(id)
        return GossipNodeOptions(
            // Life and incarnation are read off the disk.
            configuration: GossipConfiguration(run, node: node, incarnation: 1, generation: 1),
            membership: MembershipConfiguration(run, node: node), host: listen.host,
            port: listen.port, peers: peers, dataDirectory: dataDir, traceFile: traceFile,
            seed: Seed(run.seed).derived("node \(node)"))
    }
}
