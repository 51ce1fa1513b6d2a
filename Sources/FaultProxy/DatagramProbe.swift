import NIOCore
import NIOPosix

/// Sends a probe as a datagram, again and again, and waits for its answer.
final class DatagramProbe: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    /// A link may lose single datagrams without being cut.
    private static let repetition = TimeAmount.milliseconds(100)

    private let probes: any ProbeProtocol
    private let nonce: UInt64
    private let target: SocketAddress
    private let relay: DatagramRelay
    private let end: EventLoopPromise<ProbeHandler.End>
    private var repeated: RepeatedTask?

    init(
        probes: any ProbeProtocol, nonce: UInt64, target: SocketAddress, relay: DatagramRelay,
        end: EventLoopPromise<ProbeHandler.End>
    ) {
        self.probes = probes
        self.nonce = nonce
        self.target = target
        self.relay = relay
        self.end = end
    }

    func channelActive(context: ChannelHandlerContext) {
        guard let port = context.channel.localAddress?.port else { return }
        relay.expectProbe(from: port)
        let bytes = ByteBuffer(bytes: probes.request(nonce: nonce))
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        repeated = context.eventLoop.scheduleRepeatedTask(
            initialDelay: .zero, delay: Self.repetition
        ) { _ in
            let (probe, context) = bound.value
            context.writeAndFlush(
                probe.wrapOutboundOut(
                    AddressedEnvelope(remoteAddress: probe.target, data: bytes)), promise: nil)
        }
        end.futureResult.assumeIsolated().whenComplete { _ in
            self.repeated?.cancel()
            self.relay.endProbe(from: port)
            context.close(promise: nil)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Array(unwrapInboundIn(data).data.readableBytesView)
        if probes.accepts(bytes, nonce: nonce) { end.succeed(.answered) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end.succeed(.closed(reason: "\(error)"))
    }
}
