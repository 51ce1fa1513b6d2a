internal import HistoryModel
internal import Vocabulary

/// What happens inside a simulated store.
enum StoreEvent<
    Message: Sendable, Sync: Sendable, Request: Sendable, Response: Sendable
>: SystemEvent {
    /// A message is due at its receiver.
    case delivery(SimulatedMessage<Message>)
    case tick(NodeID)
    /// A node's disk has done what was asked of it.
    case synced(NodeID, incarnation: Int, Sync)
    case restart(NodeID)
    indirect case client(ClientSystemEvent<Request, Response>)

    var fingerprint: UInt64 {
        switch self {
        case .delivery(let delivery):
            UInt64(delivery.link.from.place) << 48 | UInt64(delivery.link.to.place) << 32
                | UInt64(truncatingIfNeeded: delivery.serial) << 8 | (delivery.isCopy ? 2 : 1)
        case .tick(let node): UInt64(node.place) << 8 | 3
        case .synced(let node, let incarnation, _):
            UInt64(node.place) << 32 | UInt64(truncatingIfNeeded: incarnation) << 8 | 4
        case .restart(let node): UInt64(node.place) << 8 | 5
        case .client(let event): event.fingerprint << 8 | 6
        }
    }
}

/// What happens to a client of a simulated store.
enum ClientSystemEvent<Request: Sendable, Response: Sendable>: Sendable {
    case tick(Int)
    case connect(client: Int, NodeID)
    case connected(client: Int, NodeID, epoch: Int)
    case request(Request, UInt64, client: Int, NodeID, epoch: Int)
    case response(Response, UInt64, client: Int, NodeID, epoch: Int)
    case lost(client: Int, NodeID)

    /// Which client, and what.
    var fingerprint: UInt64 {
        switch self {
        case .tick(let client): UInt64(client) << 8 | 1
        case .connect(let client, let node): Self.mark(client, node) | 2
        case .connected(let client, let node, _): Self.mark(client, node) | 3
        case .request(_, let id, let client, let node, _): Self.mark(client, node) | id << 40 | 4
        case .response(_, let id, let client, let node, _): Self.mark(client, node) | id << 40 | 5
        case .lost(let client, let node): Self.mark(client, node) | 6
        }
    }

    private static func mark(_ client: Int, _ node: NodeID) -> UInt64 {
        UInt64(client) << 20 | UInt64(node.place) << 8
    }
}
