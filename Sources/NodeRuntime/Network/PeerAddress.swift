public import Vocabulary

/// Another node, and where this one reaches it.
public struct PeerAddress: Hashable, Sendable {
    /// The peer.
    public var node: NodeID
    /// Its host, as seen from this node.
    public var host: String
    /// Its port, as seen from this node; for connections and datagrams alike.
    public var port: Int

    /// Names a peer; see the properties.
    public init(node: NodeID, host: String, port: Int) {
        self.node = node
        self.host = host
        self.port = port
    }
}
