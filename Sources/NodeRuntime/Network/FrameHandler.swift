import NIOCore
import NodeWire
import Vocabulary

/// Turns bytes into frames, and answers every ping at once, whatever the node is doing.
final class FrameHandler: ChannelInboundHandler {
    typealias InboundIn = NodeFrame
    typealias InboundOut = NodeFrame
    typealias OutboundOut = NodeFrame

    private let id: NodeID

    private init(id: NodeID) {
        self.id = id
    }

    /// The handlers that every connection of a node begins with.
    static func codec(for id: NodeID) -> [any ChannelHandler] {
        [
            ByteToMessageHandler(FrameDecoder()), MessageToByteHandler(FrameEncoder()),
            FrameHandler(id: id),
        ]
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .ping(let nonce) = unwrapInboundIn(data) {
            context.writeAndFlush(
                wrapOutboundOut(.pong(nonce: nonce, node: id)), promise: nil)
        } else {
            context.fireChannelRead(data)
        }
    }
}
