public import Logging
import NIOCore
import NIOPosix
public import RaftCore
public import Vocabulary

/// What a node process is told on its command line.
public struct RaftNodeOptions: Sendable {
    /// Who the node is and how it behaves; the incarnation is read off the disk.
    public var configuration: RaftConfiguration
    /// Where the node listens.
    public var host: String
    /// Where the node listens; 0 lets the kernel choose.
    public var port: Int
    /// The other voters.
    public var peers: [PeerAddress]
    /// The node's data directory.
    public var dataDirectory: String
    /// The file for the node's state transitions.
    public var traceFile: String
    /// The source of the node's randomness.
    public var seed: Seed

    /// Makes options; see the properties.
    public init(
        configuration: RaftConfiguration, host: String, port: Int, peers: [PeerAddress],
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

/// A running node: its sockets, its disk and its event loop.
public final class RaftNode: Sendable {
    private let threads = NodeThreads()
    private let listener: any Channel
    private let shell: NIOLoopBound<RaftShell>
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
        let (storage, recovery) = try RaftStorage.open(options.dataDirectory)
        let trace = try TraceFile(path: options.traceFile, node: options.configuration.id)
        if recovery.tornBytes > 0 {
            logger.warning(
                "cut off a torn record", metadata: ["bytes": "\(recovery.tornBytes)"])
        }
        var configuration = options.configuration
        configuration.incarnation = recovery.incarnation
        let core = RaftCore(
            configuration: configuration, state: recovery.state, seed: options.seed)

        let loop = threads.loop
        shell = try loop.submit { [threads] in
            let shell = RaftShell(
                core: core, peers: options.peers, storage: storage, trace: trace, loop: loop,
                diskThread: threads.disk, logger: logger, failed: failed)
            shell.start()
            return NIOLoopBound(shell, eventLoop: loop)
        }.wait()
        listener = try threads.listen(
            options.host, options.port, id: core.id, node: shell, logger: logger)
        port = listener.localAddress?.port ?? options.port
    }

    /// Ends all connections and threads; what was not synced is lost.
    public func stop() throws {
        try listener.close().wait()
        try threads.loop.submit { [shell] in shell.value.stop() }.wait()
        try threads.stop()
    }
}
