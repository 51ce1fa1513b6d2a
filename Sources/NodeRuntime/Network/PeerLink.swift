import Logging
import NIOCore
import NIOPosix
import NodeWire
import RaftCore
import Vocabulary

/// The way to one peer: a connection that this node dials, and dials again whenever it is lost.
///
/// Messages go one way, from this node to the peer. What cannot be written now waits in a short
/// queue whose oldest message goes first when it overflows: Raft makes good what is lost. Lives on
/// the node's event loop.
final class PeerLink {
    /// Where a peer is reached.
    struct Address: Hashable, Sendable {
        var node: NodeID
        var host: String
        var port: Int
    }

    private static let queueMax = 64
    private static let redialDelay = TimeAmount.milliseconds(50)

    private let id: NodeID
    private let address: Address
    private let loop: any EventLoop
    private let logger: Logger
    private var channel: (any Channel)?
    private var queue: [RaftMessage] = []
    private var isClosed = false

    init(from id: NodeID, to address: Address, loop: any EventLoop, logger: Logger) {
        self.id = id
        self.address = address
        self.loop = loop
        self.logger = logger
    }

    /// Dials, for as long as the link is not closed.
    func open() {
        guard !isClosed else { return }
        let link = NIOLoopBound(self, eventLoop: loop)
        ClientBootstrap(group: loop)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .connectTimeout(.seconds(1))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let link = link.value
                    try channel.pipeline.syncOperations.addHandlers(
                        FrameHandler.codec(for: link.id)
                            + [PeerLinkHandler(link: link, logger: link.logger)])
                }
            }
            .connect(host: address.host, port: address.port)
            .assumeIsolated()
            .whenFailure { _ in self.redial() }
    }

    /// Dials no more and drops what waits.
    func close() {
        isClosed = true
        queue = []
        channel?.close(promise: nil)
    }

    /// Sends a message now or soon, or never; it leaves with the next `flush`.
    func send(_ message: RaftMessage) {
        if let channel, channel.isWritable, queue.isEmpty {
            write(message, to: channel)
        } else {
            if queue.count == Self.queueMax { queue.removeFirst() }
            queue.append(message)
        }
    }

    func flush() { channel?.flush() }

    func connected(_ channel: any Channel) {
        self.channel = channel
        logger.debug("connected to peer", metadata: ["peer.id": "\(address.node)"])
        drain()
    }

    func disconnected() {
        guard channel != nil else { return }
        channel = nil
        logger.debug("lost the connection to peer", metadata: ["peer.id": "\(address.node)"])
        redial()
    }

    /// Writes what waits, as far as the connection takes it.
    func drain() {
        guard let channel else { return }
        var count = 0
        while count < queue.count, channel.isWritable {
            write(queue[count], to: channel)
            count += 1
        }
        queue.removeFirst(count)
        channel.flush()
    }

    private func write(_ message: RaftMessage, to channel: any Channel) {
        channel.pipeline.syncOperations.write(
            NIOAny(NodeFrame.peer(message, from: id, to: address.node)), promise: nil)
    }

    private func redial() {
        loop.assumeIsolated().scheduleTask(in: Self.redialDelay) { self.open() }
    }
}

/// Tells a link what becomes of its connection.
private final class PeerLinkHandler: ChannelInboundHandler {
    typealias InboundIn = NodeFrame

    private let link: PeerLink
    private let logger: Logger

    init(link: PeerLink, logger: Logger) {
        self.link = link
        self.logger = logger
    }

    func channelActive(context: ChannelHandlerContext) { link.connected(context.channel) }

    func channelInactive(context: ChannelHandlerContext) { link.disconnected() }

    func channelWritabilityChanged(context: ChannelHandlerContext) { link.drain() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // Nothing is asked over this connection, so nothing that comes back is wanted.
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        logger.debug("peer connection failed", metadata: ["error": "\(error)"])
        context.close(promise: nil)
    }
}
