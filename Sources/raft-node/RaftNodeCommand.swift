public import ArgumentParser
import NodeProgram
import NodeRuntime
public import RaftCore
import Vocabulary

/// The program of one node of the replicated key-value store.
@main
struct RaftNodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "raft-node",
        abstract: "One node of a replicated key-value store.",
        discussion: NodeProgram.contract)

    @Option(help: "The node's number, from 1.")
    var id: Int

    @Option(help: "Where to listen, for peers and clients alike; port 0 takes a free one.")
    var listen = HostAndPort(host: "127.0.0.1", port: 0)

    @Option(
        name: .customLong("peer"),
        help: "Another node and where this one reaches it, as NUMBER=HOST:PORT; once per peer.")
    var peers: [PeerAddress] = []

    @Option(help: "The directory for the log and the vote; made if it is missing.")
    var dataDir: String

    @Option(help: "The file for state transitions, as JSON lines; appended to.")
    var traceFile: String

    @Option(
        name: .customLong("defect"),
        help: "A known bug to put back; may be repeated.")
    var defects: [RaftDefect] = []

    @Option(help: "How long a follower waits for a leader, in milliseconds, as MIN-MAX.")
    var electionTimeout = MillisecondRange(bounds: 150...300)

    @Option(help: "How often a leader speaks, in milliseconds.")
    var heartbeat: Int = 50

    @Option(help: "How many log entries one message carries at most.")
    var entriesPerMessage: Int = 256

    @Option(help: "The source of the node's randomness.")
    var seed: UInt64 = 0

    func validate() throws {
        guard id >= 1, peers.allSatisfy({ $0.node.rawValue >= 1 }) else {
            throw ValidationError("Nodes are numbered from 1.")
        }
        guard Set(peers.map(\.node) + [NodeID(id)]).count == peers.count + 1 else {
            throw ValidationError("Every node, this one included, may be named once.")
        }
        guard (1..<electionTimeout.bounds.lowerBound).contains(heartbeat) else {
            throw ValidationError(
                "--heartbeat must be at least 1 ms and shorter than --election-timeout.")
        }
        guard entriesPerMessage >= 1 else {
            throw ValidationError("--entries-per-message must be at least 1.")
        }
    }

    func run() throws {
        try NodeProgram.run("raft-node", id: NodeID(id)) {
            try RaftNode(options, logger: $0, failed: $1)
        }
    }

    private var options: RaftNodeOptions {
        let voters = peers.map(\.node) + [NodeID(id)]
        var configuration = RaftConfiguration(
            id: NodeID(id), membership: Membership(voters: voters))
        configuration.electionTimeout = electionTimeout.nanoseconds
        configuration.heartbeatInterval = Nanoseconds(heartbeat) * 1_000_000
        configuration.entriesPerMessageMax = entriesPerMessage
        configuration.defects = RaftDefects(defects)
        return RaftNodeOptions(
            configuration: configuration, host: listen.host, port: listen.port,
            peers: peers, dataDirectory: dataDir, traceFile: traceFile, seed: Seed(seed))
    }
}

extension RaftDefect: ExpressibleByArgument {}
