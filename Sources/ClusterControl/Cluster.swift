import FoundationEssentials
import Logging
public import Vocabulary

/// The nodes of one run as processes of this machine.
///
/// All processes live in tasks of the scope that `run` opens, and in the process group of a
/// guardian: when the scope ends, for whatever reason, they are ended, and when the harness is
/// killed, the guardian ends them, stopped ones included.
public actor Cluster {
    /// One node: how it is started and what became of it.
    struct Member {
        enum Phase { case ordered, starting, ready, ended }

        var launch: NodeLaunch
        var phase = Phase.ordered
        var processStarts: [ProcessStart] = []
        /// The first thing that it said.
        var said: String?
        var isExpired = false
        var isToldToEnd = false
        var starter: CheckedContinuation<Result<ProcessStart, ClusterError>, Never>?
        var awaitingEnd: [CheckedContinuation<Void, Never>] = []
    }

    /// What happens without being asked for, in the order in which it happens.
    public nonisolated let incidents: AsyncStream<ClusterIncident>

    var members: [NodeID: Member] = [:]
    var isClosing = false
    var hasGuardianEnded = false
    /// How the guardian ended, if nobody had asked for it.
    var guardianStatus: ExitStatus?
    private var processGroup: Int32 = 0
    let readyTimeout: Duration
    let logger: Logger
    let now: @Sendable () -> Instant
    let report: AsyncStream<ClusterIncident>.Continuation
    private let orders: AsyncStream<SpawnOrder>.Continuation

    init(
        readyTimeout: Duration, logger: Logger,
        orders: AsyncStream<SpawnOrder>.Continuation, now: @escaping @Sendable () -> Instant
    ) {
        self.readyTimeout = readyTimeout
        self.logger = logger
        self.orders = orders
        self.now = now
        (incidents, report) = AsyncStream.makeStream()
    }

    /// Says into which process group nodes are started.
    func join(_ processGroup: Int32) {
        self.processGroup = processGroup
    }

    // MARK: Starting

    /// Starts a node and waits until it has printed `ready PORT` on its standard output.
    ///
    /// Its standard input is a pipe that ends when the harness does; what it prints after the
    /// first line is not kept.
    /// - Throws: `ClusterError`; then the process has ended.
    /// - Returns: the process and the port on which the node listens.
    @discardableResult
    public func start(_ launch: NodeLaunch) async throws -> ProcessStart {
        if isClosing { throw ClusterError.closing }
        if let guardianStatus { throw ClusterError.guardianEnded(guardianStatus) }
        let member = members[launch.node]
        if let member, member.phase != .ended { throw ClusterError.alreadyRunning(launch.node) }
        let order = try prepare(launch)
        return try await withCheckedContinuation { continuation in
            members[launch.node] = Member(
                launch: launch, processStarts: member?.processStarts ?? [], starter: continuation)
            orders.yield(order)
        }.get()
    }

    /// Starts a node again as it was started last.
    ///
    /// - Throws: `ClusterError`.
    /// - Returns: the new process and its port, which may differ from the last one.
    @discardableResult
    public func restart(_ node: NodeID) async throws -> ProcessStart {
        guard let launch = members[node]?.launch else { throw ClusterError.notRunning(node) }
        return try await start(launch)
    }

    /// All lives of all nodes so far, by node and number.
    public var processStarts: [ProcessStart] {
        members.keys.sorted().flatMap { members[$0]?.processStarts ?? [] }
    }

    /// The process of a node that is ready; nil if it does not run.
    public func current(_ node: NodeID) -> ProcessStart? {
        guard let member = members[node], member.phase == .ready else { return nil }
        return member.processStarts.last
    }

    private func prepare(_ launch: NodeLaunch) throws(ClusterError) -> SpawnOrder {
        guard ProgramSearch.isProgram(launch.executable) else {
            throw .programMissing(name: launch.executable, lookedAt: [launch.executable])
        }
        do {
            try FileManager.default.createDirectory(
                atPath: launch.directory, withIntermediateDirectories: true)
            return try SpawnOrder(launch, processGroup: processGroup, readyTimeout: readyTimeout)
        } catch {
            throw .cannotPrepare(launch, reason: "\(error)")
        }
    }
}
