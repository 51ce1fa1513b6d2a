public import NIOCore
public import NodeWire
public import GossipCore
public import Vocabulary

/// The client of the gossip store of one logical process.
public typealias GossipClient = NodeClient<GossipClientDriver>

extension NodeClient<GossipClientDriver> {
    /// Makes a client that connects when it has something to ask; see `init(driver:addresses:loop:)`.
    public convenience init(
        configuration: GossipClientConfiguration, addresses: [NodeID: SocketAddress],
        loop: any EventLoop
    ) {
        self.init(
            driver: GossipClientDriver(configuration: configuration), addresses: addresses,
            loop: loop)
    }
}

/// A `GossipClientCore` in terms of frames.
public struct GossipClientDriver: ClientDriver {
    private var core: GossipClientCore
    private var wanted: [GossipClientEffect] = []

    init(configuration: GossipClientConfiguration) {
        core = GossipClientCore(configuration: configuration)
    }

    /// When the client wants its next `tick`, if nothing else happens before.
    public var nextDeadline: Instant { core.nextDeadline }

    /// Takes in one event and adds to `effects` what is to be done.
    public mutating func step(
        _ reported: ClientEvent<GossipOperation, GossipFrame>, now: Instant,
        effects: inout [ClientEffect<GossipFrame, GossipClientOutcome>]
    ) {
        let event: GossipClientEvent
        switch reported {
        case .invoked(let key, let operation): event = .invoked(key: key, operation)
        case .connected(let node): event = .connected(node)
        case .disconnected(let node): event = .disconnected(node)
        case .received(.response(let response, let id), let node):
            event = .responded(response, id: id, from: node)
        case .received: return
        case .tick: event = .tick
        }
        core.step(event, now: now, effects: &wanted)
        effects += wanted.map { effect in
            switch effect {
            case .connect(let node): .connect(node)
            case .disconnect(let node): .disconnect(node)
            case .send(let request, let id, let node): .send(.request(request, id: id), to: node)
            case .finish(let outcome): .finish(outcome)
            }
        }
        wanted.removeAll(keepingCapacity: true)
    }
}
