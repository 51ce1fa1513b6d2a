public import Vocabulary

/// Who dials through a link of the proxy.
public enum LinkViewer: Hashable, Sendable {
    /// All clients of the harness.
    case clients
    /// One node of the cluster.
    case node(NodeID)
}

extension LinkViewer: CustomStringConvertible {
    /// The viewer's name, such as `n3`.
    public var description: String {
        switch self {
        case .clients: "clients"
        case .node(let node): node.description
        }
    }
}

/// One address of the proxy: where `viewer` finds `peer`.
public struct ProxiedLink: Hashable, Sendable {
    /// Who dials it.
    public var viewer: LinkViewer
    /// The node it leads to.
    public var peer: NodeID

    /// Names the address at which `viewer` finds `peer`.
    public init(from viewer: LinkViewer, to peer: NodeID) {
        self.viewer = viewer
        self.peer = peer
    }
}

extension ProxiedLink: CustomStringConvertible {
    /// The link's name, such as `n1→n3`.
    public var description: String { "\(viewer)→\(peer)" }
}
