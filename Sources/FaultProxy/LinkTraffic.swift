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
    /// What became of datagrams.
    public var datagrams = DatagramTraffic()

    /// Starts counting at nothing.
    public init(link: ProxiedLink) {
        self.link = link
    }
}

/// What became of the datagrams of a link since the proxy was started.
public struct DatagramTraffic: Hashable, Sendable {
    /// Those that the viewer sent.
    public var received = 0
    /// Those that were sent on to the peer, doubles included.
    public var delivered = 0
    /// Those that were lost, by chance or because a cut link held too many, or by its heal.
    public var lost = 0
    /// Those that were sent on twice.
    public var doubled = 0
    /// Those that were sent on late.
    public var late = 0
    /// Those that had to wait in front of a closed gate.
    public var held = 0

    /// Counts nothing.
    public init() {}
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
