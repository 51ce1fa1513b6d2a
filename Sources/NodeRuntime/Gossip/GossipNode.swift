public import GossipCore
public import Logging
import NIOCore
import NIOPosix
import NodeWire
public import Vocabulary

/// What a gossip node's process is told on its command line.
public struct GossipNodeOptions: Sendable {
    /// Who the node is and how it spreads what it knows; its life and incarnation are read off the disk.
    public var configuration: GossipConfiguration
    /// How the node finds and watches the others; nil if all are known for good.
    public var membership: MembershipConfiguration?
    /// Where the node listens.
    public var host: String
    /// Where the node listens, for connections and datagrams alike; 0 lets the kernel choose.
    public var port: Int
    /// The other nodes.
    public var peers: [PeerAddress]
    /// The node's data directory.
    public var dataDirectory: String
    /// The file for the node's state transitions.
    public var traceFile: String
    /// The source of the node's randomness.
    public var seed: Seed

    /// Makes options; see the properties.
    public init(
        configuration: GossipConfiguration, membership: MembershipConfiguration?, host: String,
        port: Int, peers: [PeerAddress], dataDirectory: String, traceFile: String, seed: Seed
    ) {
        self.configuration = configuration
        self.membership = membership
        self.host = host
        self.port = port
        self.peers = peers
        self.dataDirectory = dataDirectory
        self.traceFile = traceFile
        self.seed = seed
    }
}

/// A running gossip node: its sockets, its disk and its event loop.
public final class GossipNode: Sendable {
    /// What a frame's form adds to a message beyond its stated bound.
    private static let datagramSlack = 128
    /// How many free ports are tried before one is free for connections and datagrams alike.
    private static let portTries = 32
    /// Stores that take less than this are not rewritten at the start.
    private static let compactionBytesMin = 1 << 20

    private let threads = NodeThreads()
    private let listeners: [any NIOCore.Channel]
    private let shell: NIOLoopBound<GossipShell>
    private let storage: GossipStorage
    /// Where the node listens.
    public let port: Int

    /// Recovers a node from its data directory and lets it run; blocks until it listens.
    ///
    /// - Parameters:
    ///   - options: What to run.
    ///   - logger: For people.
    ///   - failed: Called once if the node cannot go on; the process should end.
    /// - Throws: `StorageError` if the data directory cannot be used, or `CannotListen`.
    public init(
        _ options: GossipNodeOptions, logger: Logger,
        failed: @escaping @Sendable (any Error) -> Void
    ) throws {
        var (storage, recovery) = try GossipStorage.open(options.dataDirectory)
        let trace = try TraceFile(path: options.traceFile, node: options.configuration.id)
        if recovery.tornBytes > 0 {
            logger.warning(
                "cut off a torn record", metadata: ["bytes": "\(recovery.tornBytes)"])
        }
        var configuration = options.configuration
        configuration.incarnation = recovery.generation.incarnation
        configuration.generation = recovery.generation.generation
        let process = GossipProcess(
            configuration: configuration, membership: options.membership, state: recovery.state,
            seed: options.seed)
        if recovery.bytes > Self.compactionBytesMin {
            try storage.replace(with: process.store.snapshot)
        }
        self.storage = storage

        let loop = threads.loop
        shell = try loop.submit { [threads, storage] in
            NIOLoopBound(
                try GossipShell(
                    process, peers: options.peers, storage: storage, trace: trace,
                    threads: threads, logger: logger, failed: failed),
                eventLoop: loop)
        }.wait()
        let sockets = try Self.listen(options, shell: shell, threads: threads, logger: logger)
        listeners = sockets.channels
        port = listeners.first?.localAddress?.port ?? options.port
        try loop.submit { [shell] in shell.value.start(on: sockets.endpoint.value) }.wait()
    }

    /// Ends all connections and threads; what was not synced is lost.
    public func stop() throws {
        for listener in listeners { try listener.close().wait() }
        try threads.loop.submit { [shell] in shell.value.stop() }.wait()
        try threads.stop()
    }

    /// Says good-bye, ends, and removes the store: who comes back in its place comes back empty.
    public func leave() throws {
        try threads.loop.submit { [shell] in shell.value.leave() }.wait()
        // The messages leave at the end of the loop's turn.
        try threads.loop.submit {}.wait()
        try stop()
        try storage.remove()
    }

    private struct Sockets {
        var channels: [any NIOCore.Channel]
        var endpoint: NIOLoopBound<DatagramEndpoint<GossipShell>>
    }

    /// Listens for connections and for datagrams at the same port.
    private static func listen(
        _ options: GossipNodeOptions, shell: NIOLoopBound<GossipShell>, threads: NodeThreads,
        logger: Logger
    ) throws -> Sockets {
        let id = options.configuration.id
        var triesLeft = options.port == 0 ? portTries : 1
        while true {
            let listener = try threads.listen(
                options.host, options.port, id: id, node: shell, logger: logger)
            do {
                let (endpoint, channel) = try DatagramEndpoint.open(
                    options.host, listener.localAddress?.port ?? options.port, id: id,
                    bytesMax: options.configuration.datagramBytesMax + datagramSlack, node: shell,
                    threads: threads)
                return Sockets(channels: [listener, channel], endpoint: endpoint)
            } catch {
                try listener.close().wait()
                triesLeft -= 1
                if triesLeft == 0 { throw error }
            }
        }
    }
}
