import NIOCore
import NodeWire
import Vocabulary

/// A client's connection to one node; it stands when the node has answered a ping.
final class ClientConnection<Driver: ClientDriver>: ChannelInboundHandler {
    typealias InboundIn = Driver.Frame
    typealias OutboundOut = Driver.Frame

    private let shell: ClientShell<Driver>
    private let node: NodeID
    private let attempt: UInt64

    init(shell: ClientShell<Driver>, node: NodeID, attempt: UInt64) {
        self.shell = shell
        self.node = node
        self.attempt = attempt
    }

    func channelActive(context: ChannelHandlerContext) {
        guard shell.opened(context.channel, to: node, attempt: attempt) else {
            return context.close(promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.ping(nonce: attempt)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        if frame == .pong(nonce: attempt, node: node) {
            shell.connected(to: node, attempt: attempt)
        } else {
            shell.received(frame, from: node)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        shell.disconnected(from: node, attempt: attempt)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
