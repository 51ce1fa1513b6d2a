import NIOCore
import NodeWire
import RaftCore
import Vocabulary

/// A client's connection to one node; it stands when the node has answered a ping.
final class ClientConnection: ChannelInboundHandler {
    typealias InboundIn = NodeFrame
    typealias OutboundOut = NodeFrame

    private let shell: ClientShell
    private let node: NodeID
    private let attempt: UInt64

    init(shell: ClientShell, node: NodeID, attempt: UInt64) {
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
        switch unwrapInboundIn(data) {
        case .pong(attempt, node): shell.connected(to: node, attempt: attempt)
        case .response(let response, let id): shell.received(response, id: id, from: node)
        case .ping, .pong, .peer, .request: break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        shell.disconnected(from: node, attempt: attempt)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
