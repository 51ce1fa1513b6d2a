import HistoryModel
import NIOCore
import NIOPosix
public import Vocabulary

/// The network between the nodes: one address for every directed link, each with its faults.
///
/// Every node is told an address of its own for each peer, and so are the clients: the address
/// tells who dials whom. What `i` sends to `j` passes the gate of that ordered pair, in the
/// connections that `i` dialled as in those that `j` dialled. A closed gate swallows nothing: it
/// holds bytes in their order until it is opened, as TCP does across a broken network.
///
/// Nodes that send datagrams do so to the same addresses, and the same gates stop them.
///
/// All of it runs on one event loop, so that many gates change as one and a hop stays short.
public actor FaultProxy {
    /// The loop that carries the traffic is the executor of this actor, too.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        loop.executor.asUnownedSerialExecutor()
    }

    /// How many bytes one direction of one connection may hold before the proxy stops reading it.
    public static let heldBytesMaxDefault = 4 << 20

    /// How many free ports are tried before one is free for connections and datagrams alike.
    private static let portTries = 32

    nonisolated let loop: any EventLoop
    nonisolated let probes: any ProbeProtocol
    nonisolated let now: @Sendable () -> Instant
    let board: LinkTable
    var nonce: UInt64 = 0

    private init(
        loop: any EventLoop, probes: any ProbeProtocol, heldBytesMax: Int,
        now: @escaping @Sendable () -> Instant
    ) {
        self.loop = loop
        self.probes = probes
        self.now = now
        board = LinkTable(loop: loop, heldBytesMax: heldBytesMax)
    }

    /// Runs a proxy for as long as `body` runs.
    ///
    /// All listeners are open when `body` begins, so the addresses are known before any node
    /// starts; all connections are closed when this returns.
    /// - Parameters:
    ///   - nodes: all nodes of the cluster.
    ///   - probes: how to ask a node for a sign of life.
    ///   - datagramBytesMax: how long the nodes' datagrams may be; nil if they send none.
    ///   - seed: the source of the chance that datagrams meet.
    ///   - heldBytesMax: how much one direction of one connection may hold in memory.
    ///   - now: the time of the run.
    ///   - body: uses the proxy; must not keep it.
    /// - Throws: `FaultProxyError.cannotListen`, or what `body` throws.
    /// - Returns: what `body` returns.
    public static func run<Result>(
        nodes: [NodeID], probes: any ProbeProtocol, datagramBytesMax: Int? = nil,
        seed: Seed = Seed(0), heldBytesMax: Int = heldBytesMaxDefault,
        now: @escaping @Sendable () -> Instant,
        body: (FaultProxy) async throws -> Result
    ) async throws -> Result {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let outcome: Swift.Result<Result, any Error>
        do {
            let proxy = FaultProxy(
                loop: group.next(), probes: probes, heldBytesMax: heldBytesMax,
                now: now)
            try await proxy.open(
                nodes: nodes, datagrams: datagramBytesMax.map { ($0, seed) })
            outcome = .success(try await body(proxy))
        } catch {
            outcome = .failure(error)
        }
        try await group.shutdownGracefully()
        return try outcome.get()
    }

    // MARK: Addresses

    /// The port on 127.0.0.1 at which `viewer` finds `peer`.
    ///
    /// - Throws: `FaultProxyError.noSuchLink`.
    public func port(from viewer: LinkViewer, to peer: NodeID) throws -> Int {
        let link = ProxiedLink(from: viewer, to: peer)
        guard let port = board.ports[link] else { throw FaultProxyError.noSuchLink(link) }
        return port
    }

    /// Says on which port of 127.0.0.1 `node` really listens, or that it does not.
    ///
    /// New connections go there; with no port they are closed at once.
    public func setTarget(_ node: NodeID, port: Int?) {
        board.targets[node] = port
    }

    /// What has passed so far, in the order of viewers and peers; the clients come first.
    public func traffic() -> [LinkTraffic] {
        board.links.compactMap { board.traffic[$0]?.total }
    }

    private func open(
        nodes: [NodeID], datagrams: (bytesMax: Int, seed: Seed)?
    ) async throws {
        let nodes = nodes.sorted()
        for from in nodes {
            for to in nodes where to != from {
                board.gates[DirectedLink(from: from, to: to)] = Gate(now: now)
            }
        }
        for viewer in [LinkViewer.clients] + nodes.map(LinkViewer.node) {
            for peer in nodes where viewer != .node(peer) {
                board.links.append(ProxiedLink(from: viewer, to: peer))
            }
        }
        for link in board.links {
            do {
                board.ports[link] = try await listen(link, datagrams)
            } catch {
                throw FaultProxyError.cannotListen(link, reason: "\(error)")
            }
        }
    }

    /// Listens for connections and, between nodes that send any, for datagrams at the same port.
    private func listen(
        _ link: ProxiedLink, _ datagrams: (bytesMax: Int, seed: Seed)?
    ) async throws -> Int? {
        var triesLeft = Self.portTries
        while true {
            let listener = try await board.listen(link).get()
            guard let datagrams, case .node(let viewer) = link.viewer,
                let port = listener.localAddress?.port
            else { return listener.localAddress?.port }
            do {
                let opened = try board.openDatagrams(
                    from: viewer, to: link.peer, port: port, bytesMax: datagrams.bytesMax,
                    random: datagrams.seed.stream("datagrams \(link)"))
                _ = try await opened?.get()
                return port
            } catch {
                try await listener.close()
                triesLeft -= 1
                if triesLeft == 0 { throw error }
            }
        }
    }
}
