import NIOCore

/// One direction of a proxied connection: what is read at one end is written at the other.
///
/// A flow never loses, doubles or reorders bytes: it delivers them at once, or holds them in
/// front of a closed gate. How the source ended is held up like its bytes: behind a cut link
/// nobody learns that the other side has gone. Confined to the proxy's event loop.
final class Flow: GatedTraffic {
    enum Direction { case toPeer, fromPeer }

    private enum Ending { case finished, aborted }

    /// The number of the connection.
    let connection: Int?
    /// Whether the flow carries traffic of the system, not a probe.
    let isCounted: Bool
    var source: RelayEnd?
    var destination: RelayEnd?

    private let direction: Direction
    private let gate: Gate?
    private let traffic: TrafficCount
    private let heldBytesMax: Int
    private var held = ByteBuffer()
    private var ending: Ending?
    private var endingDelivered = false

    init(
        connection: Int, direction: Direction, gate: Gate?, traffic: TrafficCount, isCounted: Bool,
        heldBytesMax: Int
    ) {
        self.connection = connection
        self.direction = direction
        self.gate = gate
        self.traffic = traffic
        self.isCounted = isCounted
        self.heldBytesMax = heldBytesMax
    }

    /// Whether there is room for what the source may send next.
    var mayRead: Bool {
        guard let destination else { return true }
        return isBlocked ? held.readableBytes < heldBytesMax : destination.isWritable
    }

    /// Whether the source has ended its side in good order.
    var isFinished: Bool { ending == .finished }

    /// Whether the destination knows that the source has ended its side in good order.
    var isFinishDelivered: Bool { ending == .finished && endingDelivered }

    private var isGated: Bool { gate?.holds ?? false }

    /// Whether bytes have to wait: for the gate, or for the destination to be dialled.
    private var isBlocked: Bool { isGated || destination?.isReady == false }

    // MARK: Events of the source

    func received(_ bytes: ByteBuffer) {
        guard let destination else { return }
        guard isBlocked else { return deliver(bytes, to: destination) }
        held.writeImmutableBuffer(bytes)
        guard isGated else { return }
        gate?.hold(self, bytes: bytes.readableBytes)
        if isCounted { traffic.total.bytesHeld += bytes.readableBytes }
    }

    func flush() {
        destination?.flush()
    }

    func sourceFinished() {
        ending = .finished
        deliverEnding()
    }

    func sourceAborted() {
        held.clear()
        ending = .aborted
        endingDelivered = false
        deliverEnding()
    }

    // MARK: Events of the destination

    func destinationDrained() {
        source?.resumeReading()
    }

    func destinationGone() {
        destination = nil
        held.clear()
        gate?.forget(self)
        source?.resumeReading()
    }

    // MARK: Events of the gate

    /// Delivers all that was held, in order, if nothing else blocks the flow.
    func release() {
        if isBlocked {
            if isGated && (held.readableBytes > 0 || ending != nil) { gate?.hold(self, bytes: 0) }
            return
        }
        if let destination, held.readableBytes > 0 {
            deliver(held, to: destination)
            destination.flush()
        }
        held = ByteBuffer()
        deliverEnding()
        source?.resumeReading()
    }

    /// Breaks the connection off on both sides; what was held is lost with it.
    func reset() {
        held.clear()
        let ends = [source, destination]
        for end in ends { end?.abort() }
    }

    private func deliver(_ bytes: ByteBuffer, to destination: RelayEnd) {
        if isCounted {
            traffic.add(bytes.readableBytes, direction)
            gate?.passed()
        }
        destination.write(bytes)
    }

    private func deliverEnding() {
        guard let ending, !endingDelivered, let destination else { return }
        if isBlocked {
            if isGated { gate?.hold(self, bytes: 0) }
            return
        }
        endingDelivered = true
        switch ending {
        case .finished: destination.finish()
        case .aborted: destination.abort()
        }
    }
}
