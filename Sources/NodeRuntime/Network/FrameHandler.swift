import NIOCore
import NodeWire
import Vocabulary

/// Turns bytes into frames, and answers every ping at once, whatever the node is doing.
final class FrameHandler<Frame: ProtocolFrame>: ChannelInboundHandler {
    typealias InboundIn = Frame
    typealias InboundOut = Frame
    typealias OutboundOut = Frame

    private let id: NodeID

    private init(id: NodeID) {
        self.id = id
    }

    /// The handlers that every connection of a node begins with.
    static func codec(for id: NodeID) -> [any ChannelHandler] {
        [
            ByteToMessageHandler(FrameDecoder<Frame>()),
            MessageToByteHandler(FrameEncoder<Frame>()), FrameHandler(id: id),
        ]
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if let nonce = unwrapInboundIn(data).pingNonce {
            context.writeAndFlush(
                wrapOutboundOut(.pong(nonce: nonce, node: id)), promise: nil)
        } else {
            context.fireChannelRead(data)
        }
    }
}
