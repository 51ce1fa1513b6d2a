public import Logging
public import NodeRuntime
public import Vocabulary

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A node that runs in this process.
public protocol RunningNode {
    /// Where it listens.
    var port: Int { get }

    /// Ends it as a power failure would, but in good order.
    func stop() throws
    /// Lets it say good-bye, if its protocol knows such a thing, and ends it.
    func leave() throws
}

extension RaftNode: RunningNode {
    /// Ends the node: membership of a Raft cluster is changed by the cluster, not by who leaves.
    public func leave() throws { try stop() }
}

extension GossipNode: RunningNode {}

/// What the programs of all nodes have in common: how they begin and how they end.
public enum NodeProgram {
    /// What every such program says of itself.
    public static let contract = """
        Prints `ready PORT` when it has recovered its data and listens. Ends when its standard \
        input does, or on SIGTERM. Logs to standard error.
        """

    /// Runs a node until this process is told to end.
    ///
    /// SIGUSR1 lets the node leave for good.
    /// - Parameters:
    ///   - name: The program's name.
    ///   - id: The node.
    ///   - start: Starts the node; it reports once that it cannot go on, and the process ends.
    /// - Throws: what `start` throws, or what goes wrong at the end.
    public static func run(
        _ name: String, id: NodeID,
        start: (Logger, _ failed: @escaping @Sendable (any Error) -> Void) throws
            -> any RunningNode
    ) throws {
        // Blocked before other threads exist, so that only the wait below receives them.
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGTERM, SIGINT, SIGUSR1] { sigaddset(&signals, number) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        signal(SIGPIPE, SIG_IGN)

        LoggingSystem.bootstrap(
            { label, provider in
                StreamLogHandler.standardError(label: label, metadataProvider: provider)
            }, metadataProvider: RunSeconds.provider)
        var logger = Logger(label: name)
        logger[metadataKey: "node.id"] = "\(id.rawValue)"
        let node = try start(logger) { [logger] error in
            logger.critical("cannot go on", metadata: ["error": "\(error)"])
            exit(EXIT_FAILURE)
        }
        announce("ready \(node.port)\n")
        try StandardInput.terminateProcessAtEnd()

        var received: Int32 = 0
        sigwait(&signals, &received)
        logger.info("stopping", metadata: ["signal": "\(received)"])
        if received == SIGUSR1 { try node.leave() } else { try node.stop() }
    }

    /// Writes to standard output past its buffer.
    private static func announce(_ line: String) {
        let bytes = Array(line.utf8)
        _ = write(STDOUT_FILENO, bytes, bytes.count)
    }
}
