import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One socket of a proxied connection: reads for one flow and writes for the other.
///
/// Reading is by demand only (`autoRead` is off), so that a full socket or a full hold on one
/// side becomes back-pressure on the other.
final class RelayEnd: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Whether the socket is connected; before that nothing may be written to it.
    private(set) var isReady: Bool

    private let readsFor: Flow
    private let writesFor: Flow
    private var context: ChannelHandlerContext?
    private var wantsRead = false
    private var isInputClosed = false
    private var isOutputClosed = false
    private var isBroken = false
    private var hasEnded = false

    init(readsFor: Flow, writesFor: Flow, isReady: Bool) {
        self.isReady = isReady
        self.readsFor = readsFor
        self.writesFor = writesFor
        readsFor.source = self
        writesFor.destination = self
    }

    /// Begins to carry bytes, those first that have waited for it.
    func connected() {
        isReady = true
        writesFor.release()
        read()
    }

    // MARK: What the flows ask for

    var isWritable: Bool { context?.channel.isWritable ?? false }

    func write(_ bytes: ByteBuffer) {
        context?.write(wrapOutboundOut(bytes), promise: nil)
    }

    func flush() {
        context?.flush()
    }

    /// Reads if the flow has room now, else as soon as it has.
    func read() {
        guard let context, !isInputClosed else { return }
        wantsRead = !readsFor.mayRead
        if !wantsRead { context.read() }
    }

    func resumeReading() {
        if wantsRead { read() }
    }

    /// Tells the far side that no more bytes will come.
    func finish() {
        guard let context else { return }
        // Closing the output of a channel whose input is closed drops what is not yet written,
        // therefore only after the last write.
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: written)
        written.futureResult.assumeIsolated().whenComplete { _ in
            context.close(mode: .output, promise: nil)
        }
    }

    /// Breaks the connection off, with a reset instead of an orderly end.
    func abort() {
        guard let context else { return }
        isBroken = true
        if let socket = context.channel as? any SocketOptionProvider {
            // Closing with no time to linger is how a reset is asked for.
            _ = socket.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        }
        context.close(promise: nil)
    }

    // MARK: What the channel reports

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        readsFor.received(unwrapInboundIn(data))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        readsFor.flush()
        read()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { writesFor.destinationDrained() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event as? ChannelEvent {
        case .inputClosed:
            isInputClosed = true
            readsFor.sourceFinished()
        case .outputClosed:
            isOutputClosed = true
        case nil:
            break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A reset or a broken pipe: the other side learns of it when this channel is inactive.
        isBroken = true
        context.close(promise: nil)
    }

    /// Takes this end out of its flows; called again, does nothing.
    func end() {
        guard !hasEnded else { return }
        hasEnded = true
        context = nil
        // Once the output is closed, the end of the input closes the channel without an event.
        if isOutputClosed && !isBroken && !isInputClosed { readsFor.sourceFinished() }
        let isOrderly = readsFor.isFinished && writesFor.isFinishDelivered
        readsFor.source = nil
        writesFor.destinationGone()
        if !isOrderly { readsFor.sourceAborted() }
    }
}
