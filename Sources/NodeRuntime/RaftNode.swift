public import Logging
import NIOCore
import NIOPosix
public import RaftCore
public import Vocabulary

/// What a node process is told on its command line.
public struct RaftNodeOptions: Sendable {
    /// Another node, and where this one reaches it.
    public struct Peer: Hashable, Sendable {
        /// The peer.
        public var node: NodeID
        /// Its host, as seen from this node.
        public var host: String
        /// Its port, as seen from this node.
        public var port: Int

        /// Names a peer; see the properties.
        public init(node: NodeID, host: String, port: Int) {
            self.node = node
            self.host = host
            self.port = port
        }
    }

    /// Who the node is and how it behaves; the incarnation is read off the disk.
    public var configuration: RaftConfiguration
    /// Where the node listens.
    public var host: String
    /// Where the node listens; 0 lets the kernel choose.
    public var port: Int
    /// The other voters.
    public var peers: [Peer]
    /// The node's data directory.
    public var dataDirectory: String
    /// The file for the node's state transitions.
    public var traceFile: String
    /// The source of the node's randomness.
    public var seed: Seed

    /// Makes options; see the properties.
    public init(
        configuration: RaftConfiguration, host: String, port: Int, peers: [Peer],
        dataDirectory: String, traceFile: String, seed: Seed
    ) {
        self.configuration = configuration
        self.host = host
        self.port = port
        self.peers = peers
        self.dataDirectory = dataDirectory
        self.traceFile = traceFile
        self.seed = seed
    }
}

/// Nobody can reach the node where it was told to listen.
public struct CannotListen: Error, CustomStringConvertible {
    /// Where, why, and what to do about it.
    public let description: String

    init(_ options: RaftNodeOptions, because error: any Error) {
        description = """
            could not listen on \(options.host):\(options.port): \(error); \
            choose another port, or port 0 for a free one
            """
    }
}

/// A running node: its sockets, its disk and its event loop.
public final class RaftNode: Sendable {
    private let group: MultiThreadedEventLoopGroup
    private let diskThread: NIOThreadPool
    private let listener: any Channel
    private let shell: NIOLoopBound<NodeShell>
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
        _ options: RaftNodeOptions, logger: Logger,
        failed: @escaping @Sendable (any Error) -> Void
    ) throws {
        let (storage, recovery) = try NodeStorage.open(options.dataDirectory)
        let trace = try TraceFile(path: options.traceFile, node: options.configuration.id)
        if recovery.tornBytes > 0 {
            logger.warning(
                "cut off a torn record", metadata: ["bytes": "\(recovery.tornBytes)"])
        }
        var configuration = options.configuration
        configuration.incarnation = recovery.incarnation
        let core = RaftCore(
            configuration: configuration, state: recovery.state, seed: options.seed)

        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        diskThread = NIOThreadPool(numberOfThreads: 1)
        diskThread.start()
        let loop = group.next()
        shell = try loop.submit { [diskThread] in
            let peers = options.peers.map {
                PeerLink.Address(node: $0.node, host: $0.host, port: $0.port)
            }
            let shell = NodeShell(
                core: core, peers: peers, storage: storage, trace: trace, loop: loop,
                diskThread: diskThread, logger: logger, failed: failed)
            shell.start()
            return NIOLoopBound(shell, eventLoop: loop)
        }.wait()
        listener = try Self.listen(options, shell: shell, group: group, logger: logger)
        port = listener.localAddress?.port ?? options.port
    }

    /// Ends all connections and threads; what was not synced is lost.
    public func stop() throws {
        try listener.close().wait()
        try group.next().submit { [shell] in shell.value.stop() }.wait()
        try group.syncShutdownGracefully()
        try diskThread.syncShutdownGracefully()
    }

    private static func listen(
        _ options: RaftNodeOptions, shell: NIOLoopBound<NodeShell>,
        group: MultiThreadedEventLoopGroup, logger: Logger
    ) throws -> any Channel {
        let id = options.configuration.id
        return try ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        FrameHandler.codec(for: id)
                            + [ServerConnection(node: shell.value, logger: logger)])
                }
            }
            .bind(host: options.host, port: options.port)
            .flatMapErrorThrowing { throw CannotListen(options, because: $0) }
            .wait()
    }
}
