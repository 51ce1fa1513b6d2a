public import NIOCore
public import NodeWire
public import Objects
public import RaftCore
public import Vocabulary

/// The client of the replicated key-value store of one logical process.
public typealias RaftClient = NodeClient<RaftClientDriver>

extension NodeClient<RaftClientDriver> {
    /// Makes a client that connects when it has something to ask; see `init(driver:addresses:loop:)`.
    public convenience init(
        configuration: RaftClientConfiguration, addresses: [NodeID: SocketAddress],
        loop: any EventLoop
    ) {
        self.init(
            driver: RaftClientDriver(configuration: configuration), addresses: addresses,
            loop: loop)
    }
}

/// A `RaftClientCore` in terms of frames.
public struct RaftClientDriver: ClientDriver {
    private var core: RaftClientCore
    private var wanted: [RaftClientEffect] = []

    init(configuration: RaftClientConfiguration) {
        core = RaftClientCore(configuration: configuration)
    }

    /// When the client wants its next `tick`, if nothing else happens before.
    public var nextDeadline: Instant { core.nextDeadline }

    /// Takes in one event and adds to `effects` what is to be done.
    public mutating func step(
        _ reported: ClientEvent<ObjectOperation, RaftFrame>, now: Instant,
        effects: inout [ClientEffect<RaftFrame, RaftClientOutcome>]
    ) {
        let event: RaftClientEvent
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
