import Logging
import NIOCore
import NodeWire
import Vocabulary

/// What takes in the frames that come over a node's connections; lives on the node's event loop.
protocol FrameReceiver: AnyObject, SendableMetatype {
    associatedtype Frame: ProtocolFrame

    /// A frame came; not a ping, which is answered already.
    func received(_ frame: Frame, on channel: any Channel)
    /// Bytes came that are no frame; their connection is closed.
    func refused(_ error: FrameError, from remote: SocketAddress?)
}

/// A connection that somebody dialled to this node: a peer, a client or a probe.
final class ServerConnection<Node: FrameReceiver>: ChannelInboundHandler {
    typealias InboundIn = Node.Frame

    private let node: Node
    private let logger: Logger

    init(node: Node, logger: Logger) {
        self.node = node
        self.logger = logger
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        node.received(unwrapInboundIn(data), on: context.channel)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? FrameError {
            node.refused(error, from: context.remoteAddress)
        } else {
            logger.debug("connection failed", metadata: ["error": "\(error)"])
        }
        context.close(promise: nil)
    }
}
