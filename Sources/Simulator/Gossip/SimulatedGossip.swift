internal import Faults
internal import GossipBinding
internal import GossipCore
internal import HistoryModel
internal import Vocabulary
internal import Workloads

/// What travels between two gossip nodes.
enum GossipPost: Sendable {
    case store(GossipMessage, Channel)
    case members(MembershipMessage)
    /// Bytes that are no message.
    case garbage
}

/// The bundled gossip store in the simulated world.
struct SimulatedGossip: SimulatedStore {
    typealias Happening = StoreHappening<GossipPost, SyncToken, ClientRequest, ClientResponse>

    let configuration: RunConfiguration
    var nodes: [GossipHost]
    var network: SimulatedNetwork<Letter<GossipPost>>
    var clients: [SimulatedClient<GossipClientNode>]
    var chance: TimedRandom
    var sentCounts: [Int]
    var deliveredSerials: [Int]
    var nodeEffects: [GossipHostEffect] = []
    private let takesOldMail: Bool
    /// Who alters messages on their way.
    var forger: Forger
    /// The versions that were given out last, to see when two nodes give out the same one.
    var lastVersions: [String: Int] = [:]

    init(_ configuration: RunConfiguration) {
        self.configuration = configuration
        let seed = Seed(configuration.seed)
        let count = configuration.nodeIDs.count
        network = SimulatedNetwork(
            nodes: count, conditions: configuration.simulation.network, seed: seed)
        chance = TimedRandom(seed, "power")
        forger = Forger(configuration, seed: seed)
        takesOldMail = configuration.defects.contains(GossipDefect.obsoleteDelta.rawValue)
        sentCounts = Array(repeating: 0, count: count * count)
        deliveredSerials = Array(repeating: 0, count: count * count)
        nodes = configuration.nodeIDs.map { GossipHost($0, configuration) }
        clients = (0..<configuration.concurrency).map {
            SimulatedClient(GossipClientNode(thread: $0, configuration), thread: $0, configuration)
        }
    }

    /// Once all nodes know each other.
    var isReady: Bool { nodes.allSatisfy { $0.knowsAll || $0.members == nil } }

    /// No node is special.
    var leader: NodeID? { nil }

    mutating func calmDown() {
        calmMachines()
        forger.stop()
    }

    // MARK: - Nodes

    mutating func perform(
        _ effect: GossipHostEffect, of node: NodeID, _ world: inout Surroundings<Happening>
    ) {
        switch effect {
        case .store(let effect): perform(effect, of: node, &world)
        case .send(let message, let receiver):
            post(.members(message), from: node, to: receiver, &world)
        case .trace(let update):
            observe(update, of: node, &world)
            world.note(NodeTraceEvent(update, of: node, at: world.now))
        }
    }

    private mutating func perform(
        _ effect: GossipEffect, of node: NodeID, _ world: inout Surroundings<Happening>
    ) {
        let place = node.place
        switch effect {
        case .send(let message, let receiver, let channel):
            post(.store(message, channel), from: node, to: receiver, &world)
        case .respond(let response, let id): respond(response, id: id.rawValue, from: node, &world)
        case .save(let records, let token):
            nodes[place].disk.save(records, token)
            let length = nodes[place].machine.syncLength(now: world.now)
            let end = nodes[place].disk.completion(of: length, now: world.now)
            world.schedule(
                .synced(node, incarnation: nodes[place].machine.incarnation, token), at: end)
        case .trace(let event):
            observe(event, of: node, &world)
            world.note(NodeTraceEvent(event, of: node, at: world.now))
        }
    }

    mutating func synced(
        _ token: SyncToken, at node: NodeID, _ world: inout Surroundings<Happening>
    ) {
        nodes[node.place].disk.complete(token)
        step(node, .store(.saved(token)), &world)
    }

    // MARK: - Messages and requests

    private mutating func post(
        _ post: GossipPost, from sender: NodeID, to receiver: NodeID,
        _ world: inout Surroundings<Happening>
    ) {
        guard nodes.indices.contains(receiver.place) else { return }
        let altered = forger.alter(post, at: world.now)
        send(altered, from: sender, to: receiver, isStream: post.isStream, &world)
    }

    mutating func arrival(
        of letter: Letter<GossipPost>, _ world: inout Surroundings<Happening>
    ) -> GossipHostEvent? {
        let receiver = nodes[letter.link.to.place].machine
        if letter.message.isStream, letter.receiverIncarnation != receiver.incarnation {
            world.coverage.hit(.streamReset)
            return nil
        }
        // A node that has lost its store takes no mail for its earlier self.
        if letter.receiverLife != receiver.life, !takesOldMail {
            world.coverage.hit(.oldMail)
            return nil
        }
        observe(letter, &world)
        switch letter.message {
        case .store(let message, _): return .store(.received(message, from: letter.link.from))
        case .members(let message): return .members(.received(message, from: letter.link.from))
        case .garbage: return .store(.undecodable)
        }
    }

    func command(_ invocation: Invocation) -> (key: String, GossipOperation)? {
        GossipCommand(invocation, kind: configuration.kind).map { ($0.key, $0.operation) }
    }

    func refusal(of invocation: Invocation) -> Completion {
        Completion(unknownGossipOperation: invocation, kind: configuration.kind)
    }

    func event(_ request: ClientRequest, id: UInt64) -> GossipHostEvent {
        .store(.requested(request, id: RequestID(id)))
    }
}

extension GossipPost {
    /// Whether it goes over a connection, and so neither gets lost nor comes twice.
    var isStream: Bool {
        if case .store(_, .stream) = self { true } else { false }
    }
}
