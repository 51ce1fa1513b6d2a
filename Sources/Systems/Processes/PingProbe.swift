internal import FaultProxy
internal import NIOCore
internal import NodeWire

/// Asks a node for a sign of life: a ping, which it answers on any connection and to any datagram.
///
/// Pings are the same in the protocols of all nodes.
struct PingProbe: ProbeProtocol {
    func request(nonce: UInt64) -> [UInt8] {
        var buffer = ByteBuffer()
        FrameCodec.encode(RaftFrame.ping(nonce: nonce), into: &buffer)
        return Array(buffer.readableBytesView)
    }

    func accepts(_ reply: [UInt8], nonce: UInt64) -> Bool {
        var buffer = ByteBuffer(bytes: reply)
        // A reply that is no frame is no answer either.
        while let frame = try? FrameCodec.decode(RaftFrame.self, from: &buffer) {
            if case .pong(nonce, _) = frame { return true }
        }
        return false
    }
}
