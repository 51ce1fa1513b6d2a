internal import Faults
internal import GossipBinding
internal import GossipCore
internal import HistoryModel
internal import Vocabulary
internal import Workloads

/// What arrives at a gossip node.
enum SimulatedPayload: Sendable {
    case delivery(GossipPacket, Channel)
    /// Bytes that are no message.
    case garbage
}

/// The bundled gossip store in the simulated world.
struct SimulatedGossip: SimulatedStore {
    typealias SystemEvent = StoreEvent<SimulatedPayload, SyncToken, ClientRequest, ClientResponse>

    let configuration: RunConfiguration
    var nodes: [SimulatedGossipNode]
    var network: SimulatedNetwork<SimulatedMessage<SimulatedPayload>>
    var clients: [SimulatedClient<GossipClientNode>]
    var chance: TimedRandom
    var sentCounts: [Int]
    var deliveredSerials: [Int]
    var nodeEffects: [GossipProcessEffect] = []
    /// Who alters messages on their way.
    var tamperingProxy: TamperingProxy
    /// The versions that were given out last, to see when two nodes give out the same one.
    var lastVersions: [String: Int] = [:]

    init(_ configuration: RunConfiguration) {
        self.configuration = configuration
        let seed = Seed(configuration.seed)
        let count = configuration.nodeIDs.count
        network = SimulatedNetwork(
            nodes: count, conditions: configuration.simulation.network, seed: seed)
        chance = TimedRandom(seed, "power")
        tamperingProxy = TamperingProxy(configuration, seed: seed)
        sentCounts = Array(repeating: 0, count: count * count)
        deliveredSerials = Array(repeating: 0, count: count * count)
        nodes = configuration.nodeIDs.map { SimulatedGossipNode($0, configuration) }
        clients = (0..<configuration.concurrency).map {
            SimulatedClient(GossipClientNode(thread: $0, configuration), thread: $0, configuration)
        }
    }

    /// Once all nodes know each other.
    var isReady: Bool { nodes.allSatisfy { $0.process.aliveCount == nodes.count - 1 } }

    /// No node is special.
    var leader: NodeID? { nil }

    mutating func endDisturbances() {
        quietHosts()
        tamperingProxy.stop()
    }

    // MARK: - Nodes

    mutating func perform(
        _ effect: GossipProcessEffect, of node: NodeID,
        _ world: inout SimulationContext<SystemEvent>
    ) {
        let place = node.place
        switch effect {
        case .send(let delivery, let channel): payload(delivery, over: channel, &world)
        case .respond(let response, let id): respond(response, id: id.rawValue, from: node, &world)
        case .save(let records, let token):
            nodes[place].disk.save(records, token)
            let length = nodes[place].host.syncLength(now: world.now)
            let end = nodes[place].disk.completion(of: length, now: world.now)
            world.schedule(
                .synced(node, incarnation: nodes[place].host.incarnation, token), at: end)
        case .trace(let event):
            observe(event, of: node, &world)
            world.note(NodeTraceEvent(event, of: node, at: world.now))
        case .traceMember(let update):
            observe(update, of: node, &world)
            world.note(NodeTraceEvent(update, of: node, at: world.now))
        }
    }

    mutating func synced(
        _ token: SyncToken, at node: NodeID, _ world: inout SimulationContext<SystemEvent>
    ) {
        nodes[node.place].disk.complete(token)
        step(node, .saved(token), &world)
    }

    // MARK: - Messages and requests

    private mutating func payload(
        _ delivery: GossipPacket, over channel: Channel,
        _ world: inout SimulationContext<SystemEvent>
    ) {
        guard nodes.indices.contains(delivery.to.place) else { return }
        let payload = tamperingProxy.alter(delivery, over: channel, at: world.now)
        send(payload, from: delivery.from, to: delivery.to, isStream: channel == .stream, &world)
    }

    mutating func arrival(
        of delivery: SimulatedMessage<SimulatedPayload>,
        _ world: inout SimulationContext<SystemEvent>
    ) -> GossipProcessEvent? {
        let receiver = nodes[delivery.link.to.place].host
        if delivery.message.isStream, delivery.receiverIncarnation != receiver.incarnation {
            world.coverage.hit(.streamReset)
            return nil
        }
        observe(delivery, &world)
        switch delivery.message {
        case .delivery(let content, _): return .received(content)
        case .garbage: return .undecodable
        }
    }

    func command(_ invocation: Invocation) -> (key: String, GossipOperation)? {
        GossipCommand(invocation, kind: configuration.kind).map { ($0.key, $0.operation) }
    }

    func refusal(of invocation: Invocation) -> Completion {
        Completion(unknownGossipOperation: invocation, kind: configuration.kind)
    }

    func event(_ request: ClientRequest, id: UInt64) -> GossipProcessEvent {
        .requested(request, id: RequestID(id))
    }
}

extension SimulatedPayload {
    /// Whether it goes over a connection, and so neither gets lost nor comes twice.
    var isStream: Bool {
        if case .delivery(_, .stream) = self { true } else { false }
    }
}
