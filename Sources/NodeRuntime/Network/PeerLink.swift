import Logging
import NIOCore
import NIOPosix
import NodeWire
import Vocabulary

/// The way to one peer: a connection that this node dials, and dials again whenever it is lost.
///
/// Messages go one way, from this node to the peer. What cannot be written now waits in a short
/// queue whose oldest message goes first when it overflows: the protocols make good what is lost.
/// Lives on the node's event loop.
final class PeerLink<Frame: ProtocolFrame> {
    /// When a link dials.
    enum Dialling {
        /// At once, and again whenever the connection is lost.
        case always
        /// When there is something to send; a connection is left open then.
        case onDemand
    }

    private static var queueMax: Int { 64 }
    private static var redialDelay: TimeAmount { .milliseconds(50) }

    private let id: NodeID
    private let address: PeerAddress
    private let dialling: Dialling
    private let loop: any EventLoop
    private let logger: Logger
    private var channel: (any Channel)?
    private var queue: [Frame] = []
    private var isDialling = false
    private var isClosed = false

    init(
        from id: NodeID, to address: PeerAddress, dialling: Dialling, loop: any EventLoop,
        logger: Logger
    ) {
        self.id = id
        self.address = address
        self.dialling = dialling
        self.loop = loop
        self.logger = logger
    }

    /// Begins to dial, if the link is one that always does.
    func open() {
        if dialling == .always { dial() }
    }

    private func dial() {
        guard !isClosed, !isDialling, channel == nil else { return }
        isDialling = true
        let link = NIOLoopBound(self, eventLoop: loop)
        ClientBootstrap(group: loop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connectTimeout(.seconds(1))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let link = link.value
                    try channel.pipeline.syncOperations.addHandlers(
                        FrameHandler<Frame>.codec(for: link.id)
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
    func send(_ frame: Frame) {
        if let channel, channel.isWritable, queue.isEmpty {
            write(frame, to: channel)
        } else {
            if queue.count == Self.queueMax { queue.removeFirst() }
            queue.append(frame)
            dial()
        }
    }

    func flush() { channel?.flush() }

    func connected(_ channel: any Channel) {
        self.channel = channel
        isDialling = false
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

    private func write(_ frame: Frame, to channel: any Channel) {
        channel.pipeline.syncOperations.write(NIOAny(frame), promise: nil)
    }

    private func redial() {
        // Until then nobody else dials.
        isDialling = true
        loop.assumeIsolated().scheduleTask(in: Self.redialDelay) {
            self.isDialling = false
            if self.dialling == .always || !self.queue.isEmpty { self.dial() }
        }
    }
}

/// Tells a link what becomes of its connection.
private final class PeerLinkHandler<Frame: ProtocolFrame>: ChannelInboundHandler {
    typealias InboundIn = Frame

    private let link: PeerLink<Frame>
    private let logger: Logger

    init(link: PeerLink<Frame>, logger: Logger) {
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
