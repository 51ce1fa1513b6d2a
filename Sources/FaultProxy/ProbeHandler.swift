import NIOCore

/// Sends one probe over a connection and waits for its answer.
final class ProbeHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// How the conversation ended.
    enum End { case answered, silent, closed(reason: String) }

    /// The port that the probe comes from, known just before it is dialled.
    private(set) var localPort: Int?

    private let probes: any ProbeProtocol
    private let nonce: UInt64
    private let end: EventLoopPromise<End>
    private let willDial: (Int) -> Void
    private var context: ChannelHandlerContext?
    private var reply: [UInt8] = []

    init(
        probes: any ProbeProtocol, nonce: UInt64, end: EventLoopPromise<End>,
        willDial: @escaping (Int) -> Void
    ) {
        self.probes = probes
        self.nonce = nonce
        self.end = end
        self.willDial = willDial
    }

    func close() {
        context?.close(promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func connect(
        context: ChannelHandlerContext, to address: SocketAddress, promise: EventLoopPromise<Void>?
    ) {
        // The socket is bound before it connects, so the proxy can be told which connection is a
        // probe before it accepts it.
        localPort = context.channel.localAddress?.port
        if let localPort { willDial(localPort) }
        context.connect(to: address, promise: promise)
    }

    func channelActive(context: ChannelHandlerContext) {
        let request = ByteBuffer(bytes: probes.request(nonce: nonce))
        context.writeAndFlush(wrapOutboundOut(request), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        reply.append(contentsOf: unwrapInboundIn(data).readableBytesView)
        if probes.accepts(reply, nonce: nonce) { end.succeed(.answered) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        end.succeed(.closed(reason: "closed without an answer"))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end.succeed(.closed(reason: "\(error)"))
        context.close(promise: nil)
    }
}
