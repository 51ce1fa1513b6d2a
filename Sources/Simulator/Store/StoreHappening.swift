internal import Vocabulary

/// What happens inside a simulated store.
enum StoreHappening<
    Message: Sendable, Sync: Sendable, Request: Sendable, Response: Sendable
>: Sendable {
    /// A message is due at its receiver.
    case letter(Letter<Message>)
    case tick(NodeID)
    /// A node's disk has done what was asked of it.
    case synced(NodeID, incarnation: Int, Sync)
    case restart(NodeID)
    indirect case client(ClientHappening<Request, Response>)
}

/// What happens to a client of a simulated store.
enum ClientHappening<Request: Sendable, Response: Sendable>: Sendable {
    case tick(Int)
    case connect(client: Int, NodeID)
    case connected(client: Int, NodeID, epoch: Int)
    case request(Request, UInt64, client: Int, NodeID, epoch: Int)
    case response(Response, UInt64, client: Int, NodeID, epoch: Int)
    case lost(client: Int, NodeID)
}
