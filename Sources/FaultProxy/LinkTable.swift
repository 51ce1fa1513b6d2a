import HistoryModel
import NIOCore
import NIOPosix
import Vocabulary

/// All that the proxy knows, confined to its one event loop.
///
/// One loop makes a change of many gates atomic: no byte moves between the first and the last.
final class LinkTable {
    let loop: any EventLoop
    let heldBytesMax: Int
    var gates: [DirectedLink: Gate] = [:]
    var targets: [NodeID: Int] = [:]
    var ports: [ProxiedLink: Int] = [:]
    var traffic: [ProxiedLink: TrafficCount] = [:]
    /// The links for datagrams, if the nodes send any.
    var relays: [DirectedLink: DatagramRelay] = [:]
    /// Who looks at datagrams, and changes them.
    var tap: (@Sendable (DirectedLink, [UInt8]) -> [UInt8])?
    var links: [ProxiedLink] = []
    /// The probes under way by the ports that they come from.
    var probes: [Int: ProbeConnection] = [:]
    private var connections = 0

    init(loop: any EventLoop, heldBytesMax: Int) {
        self.loop = loop
        self.heldBytesMax = heldBytesMax
    }

    /// Opens the listener of one link.
    func listen(_ link: ProxiedLink) -> EventLoopFuture<any Channel> {
        let count = TrafficCount(link: link)
        traffic[link] = count
        let board = NIOLoopBound(self, eventLoop: loop)
        return ServerBootstrap(group: loop)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 256)
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try board.value.accept(channel, on: link) }
            }
            .bind(host: "127.0.0.1", port: 0)
    }

    /// Joins an accepted connection to one that is dialled to the link's peer.
    private func accept(_ channel: any Channel, on link: ProxiedLink) throws {
        guard let count = traffic[link], let target = targets[link.peer] else {
            throw NobodyListens()
        }
        connections += 1
        let port = channel.remoteAddress?.port ?? 0
        let isProbe = probes.keys.contains(port)
        let relay = Relay(
            forward: flow(.toPeer, of: link, gate: gate(link, .toPeer), count, isProbe),
            backward: flow(
                .fromPeer, of: link, gate: isProbe ? nil : gate(link, .fromPeer), count, isProbe))
        if isProbe { probes[port] = .accepted(relay) } else { count.total.connections += 1 }
        try channel.pipeline.syncOperations.addHandler(relay.near)
        // Later, when the accepted channel is active: a refusal can come back at once.
        loop.assumeIsolated().execute { relay.dial(port: target, on: self.loop) }
    }

    private func flow(
        _ direction: Flow.Direction, of link: ProxiedLink, gate: Gate?, _ count: TrafficCount,
        _ isProbe: Bool
    ) -> Flow {
        Flow(
            connection: connections, direction: direction, gate: gate, traffic: count,
            isCounted: !isProbe, heldBytesMax: heldBytesMax)
    }

    /// The gate between the two sides of a link; the clients have none.
    private func gate(_ link: ProxiedLink, _ direction: Flow.Direction) -> Gate? {
        guard case .node(let viewer) = link.viewer else { return nil }
        return switch direction {
        case .toPeer: gates[DirectedLink(from: viewer, to: link.peer)]
        case .fromPeer: gates[DirectedLink(from: link.peer, to: viewer)]
        }
    }
}

/// Makes an accepted connection close at once, as if nobody listened.
private struct NobodyListens: Error {}

/// How far the proxy has come with a probe that crosses it.
enum ProbeConnection {
    /// Dialled, but not yet accepted.
    case awaited
    /// Joined to the far process.
    case accepted(Relay)
}
