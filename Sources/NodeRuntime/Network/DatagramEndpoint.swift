import Logging
import NIOCore
import NIOPosix
import NodeWire
import Vocabulary

/// What takes in the frames that come as datagrams; lives on the node's event loop.
protocol DatagramReceiver: AnyObject, SendableMetatype {
    associatedtype Frame: ProtocolFrame

    /// A datagram came that holds this frame; not a ping, which is answered already.
    func received(_ frame: Frame, from remote: SocketAddress)
    /// A datagram came that is none of the protocol.
    func refusedDatagram(_ reason: String, from remote: SocketAddress)
}

/// A node's socket for datagrams, each of which holds one frame.
///
/// What does not decode is handed on as such and forgotten: the socket outlives it. Pings are answered to
/// where they came from. Lives on the node's event loop.
final class DatagramEndpoint<Node: DatagramReceiver>: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let id: NodeID
    private let node: Node
    private let bytesMax: Int
    private var context: ChannelHandlerContext?

    private init(id: NodeID, node: Node, bytesMax: Int) {
        self.id = id
        self.node = node
        self.bytesMax = bytesMax
    }

    /// Opens a node's socket; blocks until that is done.
    ///
    /// - Parameters:
    ///   - host: Where to listen.
    ///   - port: Where to listen.
    ///   - id: The node, as which pings are answered.
    ///   - bytesMax: How long a datagram may be.
    ///   - node: Takes in what comes.
    ///   - threads: What the node runs on.
    /// - Throws: `CannotListen`.
    /// - Returns: the endpoint, and the channel that it listens on.
    static func open(
        _ host: String, _ port: Int, id: NodeID, bytesMax: Int, node: NIOLoopBound<Node>,
        threads: NodeThreads
    ) throws -> (endpoint: NIOLoopBound<DatagramEndpoint>, channel: any Channel) {
        let endpoint = try threads.loop.submit {
            NIOLoopBound(
                DatagramEndpoint(id: id, node: node.value, bytesMax: bytesMax),
                eventLoop: threads.loop)
        }.wait()
        // What is longer than the buffer arrives cut off, and is refused for its length.
        let buffers = FixedSizeRecvByteBufferAllocator(capacity: bytesMax + 1)
        let channel = try DatagramBootstrap(group: threads.loop)
            .channelOption(.recvAllocator, value: buffers)
            .channelOption(.socketOption(.so_rcvbuf), value: 1 << 20)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(endpoint.value)
                }
            }
            .bind(host: host, port: port)
            .flatMapErrorThrowing { throw CannotListen(host: host, port: port, because: $0) }
            .wait()
        return (endpoint, channel)
    }

    /// Sends a frame now or never; it leaves with the next `flush`.
    func send(_ frame: Node.Frame, to remote: SocketAddress) {
        guard let context, context.channel.isWritable else { return }
        var buffer = context.channel.allocator.buffer(capacity: 256)
        FrameCodec.encode(frame, into: &buffer)
        context.write(
            wrapOutboundOut(AddressedEnvelope(remoteAddress: remote, data: buffer)), promise: nil)
    }

    func flush() { context?.flush() }

    // MARK: - What the channel reports

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let datagram = unwrapInboundIn(data)
        guard datagram.data.readableBytes <= bytesMax else {
            return node.refusedDatagram(
                "a datagram of more than \(bytesMax) bytes", from: datagram.remoteAddress)
        }
        let frame: Node.Frame
        do {
            frame = try FrameCodec.decodeWhole(from: datagram.data)
        } catch {
            return node.refusedDatagram("\(error)", from: datagram.remoteAddress)
        }
        guard let nonce = frame.pingNonce else {
            return node.received(frame, from: datagram.remoteAddress)
        }
        send(.pong(nonce: nonce, node: id), to: datagram.remoteAddress)
        flush()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A peer that is not there is reported for the datagrams that were sent to it: no reason to
        // hear nobody any more.
    }
}
