import Logging
import NIOCore
import NodeWire
import RaftCore
import Vocabulary

/// A connection that somebody dialled to this node: a peer, a client or a probe.
final class ServerConnection: ChannelInboundHandler {
    typealias InboundIn = NodeFrame

    private let node: NodeShell
    private let logger: Logger

    init(node: NodeShell, logger: Logger) {
        self.node = node
        self.logger = logger
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .peer(let message, let sender, let receiver):
            node.received(message, from: sender, to: receiver)
        case .request(let request, let id):
            node.requested(request, id: id, on: context.channel)
        case .response, .ping, .pong:
            break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is FrameError {
            node.countBadFrame()
            logger.warning(
                "closed a connection with a bad frame",
                metadata: [
                    "error": "\(error)", "badFrames": "\(node.badFrames)",
                    "remote": "\(context.remoteAddress?.description ?? "unknown")",
                ])
        } else {
            logger.debug("connection failed", metadata: ["error": "\(error)"])
        }
        context.close(promise: nil)
    }
}
