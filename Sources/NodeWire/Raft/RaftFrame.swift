public import RaftCore
public import Vocabulary

/// What one frame of the replicated key-value store carries.
public enum RaftFrame: ProtocolFrame {
    /// A message from one node to another. Messages have no answers: replies are messages too.
    case peer(RaftMessage, from: NodeID, to: NodeID)
    /// A client asks.
    case request(ClientRequest, id: RequestID)
    /// A node answers the request of this number.
    case response(ClientResponse, id: RequestID)
    /// Asks who is there.
    case ping(nonce: UInt64)
    /// The node that is there.
    case pong(nonce: UInt64, node: NodeID)
}

extension RaftFrame {
    /// The number of a ping; nil if the frame is something else.
    public var pingNonce: UInt64? { if case .ping(let nonce) = self { nonce } else { nil } }

    /// The frame as a protobuf message.
    public var payload: [UInt8] { encoded(WireFrame(self)) }

    /// Reads a protobuf message.
    public init(payload: [UInt8]) throws(FrameError) {
        self = try RaftFrame(decoded(payload, "protobuf"))
    }
}
