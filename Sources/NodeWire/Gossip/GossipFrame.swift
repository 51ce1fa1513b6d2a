public import GossipCore
public import Vocabulary

/// What one frame of the gossip store carries, on a connection or in a datagram.
public enum GossipFrame: ProtocolFrame {
    /// One node tells another something.
    case packet(GossipPacket)
    /// A client asks.
    case request(ClientRequest, id: RequestID)
    /// A node answers the request of this number.
    case response(ClientResponse, id: RequestID)
    /// Asks who is there.
    case ping(nonce: UInt64)
    /// The node that is there.
    case pong(nonce: UInt64, node: NodeID)
}

extension GossipFrame {
    /// The number of a ping; nil if the frame is something else.
    public var pingNonce: UInt64? { if case .ping(let nonce) = self { nonce } else { nil } }

    /// The frame as a protobuf message.
    public var payload: [UInt8] { encoded(WireGossipFrame(self)) }

    /// Reads a protobuf message.
    public init(payload: [UInt8]) throws(FrameError) {
        self = try GossipFrame(decoded(payload, "protobuf"))
    }
}

extension WireGossipFrame {
    init(_ frame: GossipFrame) {
        switch frame {
        case .packet(let packet): peer = WireGossipPeerMessage(packet)
        case .request(let request, let id):
            self.request = WireGossipClientRequest(request, id: id)
        case .response(let response, let id):
            self.response = WireGossipClientResponse(response, id: id)
        case .ping(let nonce):
            ping.nonce = nonce
        case .pong(let nonce, let node):
            pong.nonce = nonce
            pong.node = UInt32(clamping: node.rawValue)
        }
    }
}

extension GossipFrame {
    init(_ wire: WireGossipFrame) throws(FrameError) {
        switch wire.body {
        case .peer(let message): self = .packet(try GossipPacket(message))
        case .request(let request):
            self = .request(try ClientRequest(request), id: RequestID(request.id))
        case .response(let response):
            self = .response(try ClientResponse(response), id: RequestID(response.id))
        case .ping(let ping): self = .ping(nonce: ping.nonce)
        case .pong(let pong): self = .pong(nonce: pong.nonce, node: NodeID(pong.node))
        case nil: throw .malformed(field: "body")
        }
    }
}

extension NodeID {
    /// The node of a number on the wire.
    init(_ number: UInt32) { self.init(Int(number)) }
}
