import Faults
import HistoryModel
import NIOCore
import NIOPosix
import Vocabulary

/// One directed link for datagrams: what comes to its port goes on to the peer.
///
/// In front of a closed gate datagrams are held, the last ones if they are many; on heal they arrive late,
/// or never. Unlike the bytes of a connection they may be lost, doubled and overtaken on an open link as
/// well. Nodes send each other nothing back over a link, so what the peer sends to its port is the answer
/// to a probe. Confined to the proxy's event loop.
final class DatagramRelay: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    /// How many datagrams a cut link holds.
    static let heldMax = 64

    /// What happens to single datagrams.
    var conditions = DatagramConditions()
    /// How many datagrams that met, since that was set to nothing.
    var touched = 0

    private let peer: NodeID
    private let gate: Gate
    private let count: TrafficCount
    private let board: LinkTable
    private var random: RandomStream
    private var held: [ByteBuffer] = []
    private var context: ChannelHandlerContext?
    /// The ports from which probes come at present.
    private var probes: Set<Int> = []

    init(
        to peer: NodeID, gate: Gate, count: TrafficCount, board: LinkTable, random: RandomStream
    ) {
        self.peer = peer
        self.gate = gate
        self.count = count
        self.board = board
        self.random = random
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Of one datagram that could not be sent; the next ones may.
    }

    // MARK: - What comes

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let datagram = unwrapInboundIn(data)
        let source = datagram.remoteAddress.port ?? 0
        if source == board.targets[peer] {
            for port in probes { write(datagram.data, to: port) }
        } else if probes.contains(source) {
            if !gate.holds, let port = board.targets[peer] { write(datagram.data, to: port) }
        } else {
            receive(datagram.data)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) { context.flush() }

    private func receive(_ sent: ByteBuffer) {
        count.total.datagrams.received += 1
        let bytes = tapped(sent)
        guard !gate.holds else { return hold(bytes) }
        let fate = DatagramFate(under: conditions, random: &random)
        if fate.isTouched { touched += 1 }
        if fate.copies.isEmpty { count.total.datagrams.lost += 1 }
        count.total.datagrams.doubled += max(0, fate.copies.count - 1)
        for lateness in fate.copies {
            if lateness == 0 { deliver(bytes) } else { deliver(bytes, after: lateness) }
        }
    }

    private func tapped(_ bytes: ByteBuffer) -> ByteBuffer {
        guard let tap = board.tap, case .node(let viewer) = count.total.link.viewer else {
            return bytes
        }
        let link = DirectedLink(from: viewer, to: peer)
        return ByteBuffer(bytes: tap(link, Array(bytes.readableBytesView)))
    }

    private func deliver(_ bytes: ByteBuffer, after lateness: Nanoseconds) {
        count.total.datagrams.late += 1
        context?.eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(lateness)) {
            if self.gate.holds { self.hold(bytes) } else { self.deliver(bytes) }
            self.context?.flush()
        }
    }

    private func deliver(_ bytes: ByteBuffer) {
        // Nobody listens while the peer's process is gone.
        guard let port = board.targets[peer] else { return }
        count.total.datagrams.delivered += 1
        count.total.bytesToPeer += bytes.readableBytes
        gate.passed()
        write(bytes, to: port)
    }

    private func write(_ bytes: ByteBuffer, to port: Int) {
        guard let context, let address = try? SocketAddress(ipAddress: "127.0.0.1", port: port)
        else { return }
        context.write(
            wrapOutboundOut(AddressedEnvelope(remoteAddress: address, data: bytes)), promise: nil)
    }

    private func hold(_ bytes: ByteBuffer) {
        if held.count == Self.heldMax {
            held.removeFirst()
            count.total.datagrams.lost += 1
        }
        held.append(bytes)
        count.total.datagrams.held += 1
        count.total.bytesHeld += bytes.readableBytes
        gate.hold(self, bytes: bytes.readableBytes)
    }

    // MARK: - Probes

    func expectProbe(from port: Int) { probes.insert(port) }

    func endProbe(from port: Int) { probes.remove(port) }
}

extension DatagramRelay: GatedTraffic {
    var isCounted: Bool { true }
    var connection: Int? { nil }

    func release() {
        for bytes in held { deliver(bytes) }
        held = []
        context?.flush()
    }

    func reset() {
        count.total.datagrams.lost += held.count
        held = []
    }
}
