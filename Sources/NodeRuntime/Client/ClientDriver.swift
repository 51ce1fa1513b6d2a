public import NodeWire
public import Vocabulary

/// What happens to a client, with the frames of its protocol.
public enum ClientEvent<Operation: Sendable, Frame: ProtocolFrame>: Sendable {
    /// The user wants an operation; only when none is under way.
    case invoked(key: String, Operation)
    /// The connection that was asked for stands: the node itself has answered on it.
    case connected(NodeID)
    /// A connection could not be made, or was lost.
    case disconnected(NodeID)
    /// A node sent a frame.
    case received(Frame, from: NodeID)
    /// The instant `ClientDriver.nextDeadline` was reached.
    case tick
}

/// What a client wants done, with the frames of its protocol.
public enum ClientEffect<Frame: ProtocolFrame, Outcome: Sendable>: Sendable {
    /// Connect to a node, and report `connected` or `disconnected`.
    case connect(NodeID)
    /// Give up a connection; nothing needs to be reported.
    case disconnect(NodeID)
    /// Send a frame over the connection that stands.
    case send(Frame, to: NodeID)
    /// Tell the user how the operation ended.
    case finish(Outcome)
}

/// The deciding half of a `NodeClient`: a client's core, in terms of the frames of its protocol.
public protocol ClientDriver: Sendable {
    /// What a user may ask for.
    associatedtype Operation: Sendable
    /// How an operation ends.
    associatedtype Outcome: Sendable
    /// What goes over the connections.
    associatedtype Frame: ProtocolFrame

    /// When the client wants its next `tick`, if nothing else happens before.
    var nextDeadline: Instant { get }

    /// Takes in one event and adds to `effects` what is to be done.
    mutating func step(
        _ event: ClientEvent<Operation, Frame>, now: Instant,
        effects: inout [ClientEffect<Frame, Outcome>])
}
