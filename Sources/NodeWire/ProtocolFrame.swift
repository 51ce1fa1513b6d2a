public import Vocabulary

/// What one frame of a protocol carries; see `FrameCodec` for its form.
///
/// Every protocol of the bundled nodes has pings, in the same form: so one probe serves for all.
public protocol ProtocolFrame: Hashable, Sendable {
    /// Asks who is there.
    static func ping(nonce: UInt64) -> Self
    /// The node that is there.
    static func pong(nonce: UInt64, node: NodeID) -> Self
    /// The number of a ping; nil if the frame is something else.
    var pingNonce: UInt64? { get }

    /// The frame as a protobuf message.
    var payload: [UInt8] { get }

    /// Reads a protobuf message.
    init(payload: [UInt8]) throws(FrameError)
}
