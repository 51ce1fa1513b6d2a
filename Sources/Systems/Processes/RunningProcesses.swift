internal import Checkers
internal import ClusterControl
internal import FaultProxy
internal import HistoryModel
internal import NIOCore
internal import Synchronization
internal import Vocabulary
internal import Workloads

/// A running system of processes behind the fault proxy.
final class RunningProcesses: RunningSystem {
    private static let startTimeout = Duration.seconds(15)

    let system: ProcessSystem
    let environment: SystemEnvironment
    let proxy: FaultProxy
    let cluster: Cluster
    /// The processes that the fault that is applied has killed.
    let killed = Mutex<[ProcessStart]>([])
    /// Whether clients could begin, so that what ends from now on is the system's own doing.
    private let isServing = Mutex(false)
    private let leaks = Mutex<Set<SocketLeak>>([])
    /// Nodes whose connections could not be looked at.
    private let hidden = Mutex<Set<NodeID>>([])
    private let clients: any ProcessClients
    private let traces: TraceWatcher

    init(
        _ system: ProcessSystem, environment: SystemEnvironment, proxy: FaultProxy,
        cluster: Cluster
    ) async throws {
        self.system = system
        self.environment = environment
        self.proxy = proxy
        self.cluster = cluster
        traces = TraceWatcher(environment: environment)
        var addresses: [NodeID: SocketAddress] = [:]
        for node in environment.configuration.nodeIDs {
            let port = try await proxy.port(from: .clients, to: node)
            addresses[node] = try SocketAddress(ipAddress: "127.0.0.1", port: port)
        }
        clients = system.clients(environment.configuration, addresses)
    }

    /// Watches the nodes while `body` runs, which begins when they serve clients.
    func serve(_ body: @escaping @Sendable () async throws -> Void) async throws {
        defer { clients.close() }
        try await runWatched(by: [watchTraces, watchIncidents]) {
            try await self.awaitService()
            await self.noteLeaks()
            try await body()
        }
    }

    @Sendable private func watchTraces() async {
        while !Task.isCancelled {
            traces.look()
            try? await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Notes what happens to the processes without being asked for.
    ///
    /// - Throws: ``ProcessSystemError`` for what is not the system's fault, so that the run breaks off.
    @Sendable private func watchIncidents() async throws {
        for await incident in cluster.incidents {
            switch incident {
            case .nodeEnded(let processStart, let logTail):
                let status = processStart.status.map { "\($0)" } ?? "ended"
                let story = ([status] + logTail.suffix(5)).joined(separator: "\n")
                if story.contains("No space left on device") {
                    throw ProcessSystemError.diskFull(
                        processStart.node, directory: environment.directory)
                }
                guard isServing.withLock({ $0 }) else {
                    throw ProcessSystemError.endedAtStart(processStart.node, story)
                }
                noteSignal(of: processStart.node, processStart.status)
                note(processStart.node, CrashChecker.crashed, story)
            case .guardianEnded(let status):
                throw ClusterError.guardianEnded(status)
            }
        }
    }

    private func awaitService() async throws {
        let deadline = SuspendingClock.now + Self.startTimeout
        while !system.isServing(traces) {
            guard SuspendingClock.now < deadline else {
                throw ProcessSystemError.notServing(
                    awaited: system.awaited,
                    seconds: Int(Self.startTimeout.components.seconds),
                    directory: environment.directory)
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        isServing.withLock { $0 = true }
    }

    /// Notes every connection between nodes that no fault can reach, each once.
    func noteLeaks() async {
        var processStarts: [ProcessStart] = []
        for node in environment.configuration.nodeIDs {
            if let processStart = await cluster.current(node) { processStarts.append(processStart) }
        }
        for leak in SocketLeaks.find(processStarts) {
            guard leaks.withLock({ $0.insert(leak).inserted }) else { continue }
            note(leak.node, FaultsChecker.unproxied, "to \(leak.peer)")
        }
        for node in SocketLeaks.hidden(processStarts) {
            guard hidden.withLock({ $0.insert(node).inserted }) else { continue }
            note(node, FaultsChecker.unseen, "the kernel does not show its open files")
        }
    }

    /// Notes if a node was ended by somebody else: that is not held against the system.
    func noteSignal(of node: NodeID, _ status: ExitStatus?) {
        guard let status, status.isRequestFromOutside else { return }
        note(node, CrashChecker.signalled, "\(status)")
    }

    func note(_ node: NodeID, _ name: String, _ detail: String) {
        traces.add(
            NodeTraceEvent(
                time: environment.clock.now(), node: node, name: name, detail: detail))
    }

    // MARK: - Talking to it

    func submit(
        _ invocations: [Invocation], deliver: @escaping @Sendable (Completion) -> Void
    ) {
        for invocation in invocations { clients.submit(invocation, deliver: deliver) }
    }

    func leader() -> (node: NodeID, term: Int)? { traces.leader }

    func takeTraces() -> [NodeTraceEvent] { traces.take() }
}
