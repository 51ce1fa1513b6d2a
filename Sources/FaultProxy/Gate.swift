import HistoryModel
import Vocabulary

/// What may have to wait in front of a gate: one direction of a connection, or the datagrams of a link.
protocol GatedTraffic: AnyObject {
    /// Whether it is traffic of the system, not a probe.
    var isCounted: Bool { get }
    /// The number of the connection; nil for datagrams.
    var connection: Int? { get }

    /// Delivers all that was held, in order, if nothing else blocks it.
    func release()
    /// Gives up all that was held.
    func reset()
}

/// What a closed gate does to the bytes that pass from one node to another.
///
/// One gate stands in all connections between the two, whoever dialled them, and is confined to
/// the proxy's event loop.
final class Gate {
    /// Makes the gate pretend: it reports that it is closed and lets everything through.
    ///
    /// This is what the verification of faults is tested with.
    var isBroken = false

    private(set) var isClosed = false
    /// Bytes held since the gate was last closed.
    private(set) var bytesHeld = 0
    /// The connections that were held up since then.
    private(set) var connectionsHeld: Set<Int> = []
    /// When the first bytes crossed after the gate was last opened.
    private(set) var firstDelivery: Instant?

    private var awaitsDelivery = false
    private var waiting: [any GatedTraffic] = []
    private let now: @Sendable () -> Instant

    init(now: @escaping @Sendable () -> Instant) {
        self.now = now
    }

    /// Whether bytes have to wait in front of the gate.
    var holds: Bool { isClosed && !isBroken }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        bytesHeld = 0
        connectionsHeld = []
        firstDelivery = nil
        awaitsDelivery = false
    }

    /// Opens the gate and hands over what waits in front of it.
    ///
    /// The caller releases or resets them after it has opened all the gates that it wants open,
    /// so that no flow meets a gate which is about to open.
    func open() -> [any GatedTraffic] {
        guard isClosed else { return [] }
        isClosed = false
        awaitsDelivery = true
        defer { waiting = [] }
        return waiting
    }

    /// Remembers that `flow` holds bytes, or the news of its end, until the gate opens.
    func hold(_ flow: any GatedTraffic, bytes: Int) {
        if !waiting.contains(where: { $0 === flow }) { waiting.append(flow) }
        if flow.isCounted {
            bytesHeld += bytes
            if let connection = flow.connection { connectionsHeld.insert(connection) }
        }
    }

    /// Forgets a flow that has nothing left to deliver.
    func forget(_ flow: any GatedTraffic) {
        waiting.removeAll { $0 === flow }
    }

    /// Notes that bytes of a node crossed the gate.
    func passed() {
        guard awaitsDelivery else { return }
        awaitsDelivery = false
        firstDelivery = now()
    }
}
