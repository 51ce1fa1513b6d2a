import NIOCore
import NodeWire

/// The clients that wait for answers, by the numbers that the node itself gives their requests.
///
/// Lives on the node's event loop.
struct PendingRequests<Frame: ProtocolFrame> {
    private struct Pending {
        var channel: any Channel
        /// The number that the client gave the request.
        var number: UInt64
    }

    private var pending: [UInt64: Pending] = [:]
    private var count: UInt64 = 0
    private var unflushed: [any Channel] = []

    /// Remembers who asked; returns a number that no other request of this node has.
    mutating func add(_ number: UInt64, on channel: any Channel) -> UInt64 {
        count += 1
        pending[count] = Pending(channel: channel, number: number)
        return count
    }

    /// Writes an answer, which leaves with the next `flush`, if its client is still there.
    mutating func answer(_ unique: UInt64, _ frame: (_ number: UInt64) -> Frame) {
        guard let request = pending.removeValue(forKey: unique), request.channel.isActive else {
            return
        }
        // A client that takes no answers is not worth memory.
        guard request.channel.isWritable else { return request.channel.close(promise: nil) }
        request.channel.pipeline.syncOperations.write(
            NIOAny(frame(request.number)), promise: nil)
        unflushed.append(request.channel)
    }

    mutating func flush() {
        for channel in unflushed { channel.flush() }
        unflushed.removeAll(keepingCapacity: true)
    }
}
