import FaultProxy
import NIOCore
import NIOPosix
import Synchronization
import Vocabulary

/// A node that keeps the datagrams it gets, and sends probes back to where they came from.
final class DatagramNode: Sendable {
    let port: Int
    private let echo: EchoNode
    private let channel: any Channel
    private let log: DatagramLog

    init() async throws {
        let log = DatagramLog()
        self.log = log
        while true {
            let echo = try await EchoNode()
            let bootstrap = DatagramBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(DatagramHandler(log))
                    }
                }
            // Somebody else may have the port for datagrams.
            if let channel = try? await bootstrap.bind(host: "127.0.0.1", port: echo.port).get() {
                (self.echo, self.channel, port) = (echo, channel, echo.port)
                return
            }
            try await echo.stop()
        }
    }

    /// The texts that have come so far, probes apart.
    var texts: [String] { log.texts }

    /// Sends texts to a port, one datagram each.
    func send(_ texts: [String], to port: Int) throws {
        let remote = try SocketAddress(ipAddress: "127.0.0.1", port: port)
        for text in texts {
            channel.writeAndFlush(
                AddressedEnvelope(remoteAddress: remote, data: ByteBuffer(string: text)),
                promise: nil)
        }
    }

    func stop() async throws {
        try await channel.close()
        try await echo.stop()
    }
}

private final class DatagramLog: Sendable {
    private let all = Mutex<[String]>([])

    var texts: [String] { all.withLock { $0 } }

    func append(_ text: String) { all.withLock { $0.append(text) } }
}

private final class DatagramHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let log: DatagramLog

    init(_ log: DatagramLog) { self.log = log }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let datagram = unwrapInboundIn(data)
        let text = String(buffer: datagram.data)
        if text.hasPrefix("m") {
            log.append(text)
        } else {
            context.writeAndFlush(wrapOutboundOut(datagram), promise: nil)
        }
    }
}

/// Some nodes that send each other datagrams through a proxy.
struct DatagramCluster {
    let proxy: FaultProxy
    let nodes: [DatagramNode]

    static func run(_ count: Int, body: (DatagramCluster) async throws -> Void) async throws {
        let ids = (1...count).map { NodeID($0) }
        try await FaultProxy.run(
            nodes: ids, probes: EchoProbes(), datagramBytesMax: 2_000, seed: Seed(7),
            now: { .zero }
        ) { proxy in
            var nodes: [DatagramNode] = []
            for id in ids {
                let node = try await DatagramNode()
                nodes.append(node)
                await proxy.setTarget(id, port: node.port)
            }
            try await body(DatagramCluster(proxy: proxy, nodes: nodes))
            for node in nodes { try await node.stop() }
        }
    }

    /// Sends `m0`, `m1`, … from one node to another.
    func send(_ numbers: Range<Int>, from viewer: Int, to peer: Int) async throws {
        let port = try await proxy.port(from: .node(NodeID(viewer)), to: NodeID(peer))
        try nodes[viewer - 1].send(numbers.map { "m\($0)" }, to: port)
    }

    /// Waits until a node has so many datagrams.
    func wait(_ count: Int, at node: Int) async throws {
        while nodes[node - 1].texts.count < count { try await Task.sleep(for: .milliseconds(2)) }
    }

    /// Waits until so many datagrams have come to a link.
    func waitUntilReceived(_ count: Int, from viewer: Int, to peer: Int) async throws {
        while try await traffic(from: viewer, to: peer).received < count {
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    func traffic(from viewer: Int, to peer: Int) async throws -> DatagramTraffic {
        let link = ProxiedLink(from: .node(NodeID(viewer)), to: NodeID(peer))
        return await proxy.traffic().first { $0.link == link }?.datagrams ?? DatagramTraffic()
    }
}
