/// What passed through one link of the proxy since it was started; probes are not counted.
public struct LinkTraffic: Hashable, Sendable {
    /// The link.
    public var link: ProxiedLink
    /// Connections that the viewer dialled.
    public var connections = 0
    /// Bytes delivered to the peer.
    public var bytesToPeer = 0
    /// Bytes delivered back to the viewer.
    public var bytesFromPeer = 0
    /// Bytes that had to wait in front of a gate, in either direction.
    public var bytesHeld = 0

    /// Starts counting at nothing.
    public init(link: ProxiedLink) {
        self.link = link
    }
}

/// How much a cut touched since it was applied.
public struct HoldCount: Hashable, Sendable {
    /// Bytes that had to wait, or were lost if the connections were reset.
    public var bytes = 0
    /// Connections that held something.
    public var connections = 0

    /// Counts nothing.
    public init() {}
}

/// The running total of one link, shared by its flows on the proxy's event loop.
final class TrafficCount {
    var total: LinkTraffic

    init(link: ProxiedLink) {
        total = LinkTraffic(link: link)
    }

    func add(_ bytes: Int, _ direction: Flow.Direction) {
        switch direction {
        case .toPeer: total.bytesToPeer += bytes
        case .fromPeer: total.bytesFromPeer += bytes
        }
    }
}
