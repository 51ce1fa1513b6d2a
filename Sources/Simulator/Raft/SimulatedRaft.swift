internal import Faults
internal import HistoryModel
internal import RaftBinding
internal import RaftCore
internal import Vocabulary
internal import Workloads

/// A message on its way between two nodes.
struct Letter: Sendable {
    var message: RaftMessage
    var link: DirectedLink
    /// Its number on the link, in the order of sending.
    var serial: Int
    /// Which life of the sender it comes from.
    var incarnation: Int
    /// Whether the same message was delivered before.
    var isCopy = false
}

/// What happens inside the simulated Raft store.
enum RaftHappening: Sendable {
    case letter(Letter)
    case tick(NodeID)
    case hardStateSynced(NodeID, incarnation: Int, SyncToken)
    case logSynced(NodeID, incarnation: Int, SyncToken)
    case restart(NodeID)
    case clientTick(Int)
    case connect(client: Int, NodeID)
    case connected(client: Int, NodeID, epoch: Int)
    case request(ClientRequest, RequestID, client: Int, NodeID, epoch: Int)
    case response(ClientResponse, RequestID, client: Int, NodeID, epoch: Int)
    case lost(client: Int, NodeID)
}

/// The bundled Raft store in the simulated world: the same nodes and clients that the processes run.
struct SimulatedRaft: SimulatedSystem {
    typealias Happening = RaftHappening

    let configuration: RunConfiguration
    let seed: Seed
    var nodes: [RaftHost]
    var network: SimulatedNetwork<Letter>
    var clients: [SimulatedClient]
    /// The latency of clients' connections, which nothing disturbs.
    var clientRandom: [TimedRandom]
    var chance: TimedRandom
    var sentCounts: [Int]
    var deliveredSerials: [Int]
    var nodeEffects: [RaftEffect] = []
    /// The largest terms that had a leader, and a candidate.
    var electedTerm = Term.zero
    var lastCandidateTerm = Term.zero

    init(_ configuration: RunConfiguration) {
        self.configuration = configuration
        seed = Seed(configuration.seed)
        let count = configuration.nodeIDs.count
        network = SimulatedNetwork(
            nodes: count, conditions: configuration.simulation.network, seed: seed)
        let seed = seed
        clientRandom = (0..<configuration.concurrency).map { TimedRandom(seed, "client \($0)") }
        chance = TimedRandom(seed, "power")
        sentCounts = Array(repeating: 0, count: count * count)
        deliveredSerials = Array(repeating: 0, count: count * count)
        nodes = configuration.nodeIDs.map { RaftHost($0, configuration) }
        clients = (0..<configuration.concurrency).map {
            SimulatedClient(thread: $0, configuration)
        }
    }

    var isReady: Bool { leader != nil }

    /// The node that leads in the largest term.
    var leader: NodeID? {
        var found: RaftHost?
        for host in nodes where host.isUp && host.core.role == .leader {
            if found.map({ $0.core.term < host.core.term }) ?? true { found = host }
        }
        return found?.id
    }

    var firstDelivery: Instant? { network.firstDelivery }

    mutating func start(_ world: inout Surroundings<RaftHappening>) {
        for host in nodes { step(host.id, .start, &world) }
    }

    mutating func perform(
        _ happening: RaftHappening, _ world: inout Surroundings<RaftHappening>
    ) {
        switch happening {
        case .letter(let letter): deliver(letter, &world)
        case .tick(let node): tick(node, &world)
        case .hardStateSynced(let node, let incarnation, let token):
            guard nodes[node.place].incarnation == incarnation, nodes[node.place].isUp else {
                return
            }
            nodes[node.place].disk.completeHardState(token)
            step(node, .hardStateSynced(token), &world)
        case .logSynced(let node, let incarnation, let token):
            guard nodes[node.place].incarnation == incarnation, nodes[node.place].isUp else {
                return
            }
            nodes[node.place].disk.completeLog(token)
            step(node, .logSynced(token), &world)
        case .restart(let node): restart(node, &world)
        default: performForClient(happening, &world)
        }
    }

    // MARK: - Nodes

    /// Lets a node take in an event; one that is paused takes it in when it goes on.
    mutating func step(
        _ node: NodeID, _ event: RaftEvent, _ world: inout Surroundings<RaftHappening>
    ) {
        let place = node.place
        guard nodes[place].isUp else { return }
        guard !nodes[place].isPaused else {
            nodes[place].backlog.append(event)
            return
        }
        var effects: [RaftEffect] = []
        swap(&effects, &nodeEffects)
        let local = nodes[place].clock.reading(at: world.now)
        nodes[place].core.step(event, now: local, effects: &effects)
        for effect in effects { perform(effect, of: node, &world) }
        effects.removeAll(keepingCapacity: true)
        swap(&effects, &nodeEffects)
        arm(node, &world)
    }

    private mutating func arm(_ node: NodeID, _ world: inout Surroundings<RaftHappening>) {
        let place = node.place
        let reading = nodes[place].core.nextDeadline
        guard reading < nodes[place].tickReading else { return }
        let deadline = nodes[place].clock.time(of: reading)
        nodes[place].tickReading = reading
        nodes[place].tickAt = deadline
        world.schedule(.tick(node), at: max(deadline, world.now))
    }

    private mutating func tick(_ node: NodeID, _ world: inout Surroundings<RaftHappening>) {
        let place = node.place
        guard world.now >= nodes[place].tickAt else { return }
        nodes[place].tickAt = .distantFuture
        nodes[place].tickReading = .distantFuture
        guard nodes[place].isUp, !nodes[place].isPaused else { return }
        if nodes[place].clock.reading(at: world.now) >= nodes[place].core.nextDeadline {
            step(node, .tick, &world)
        } else {
            arm(node, &world)
        }
    }

    private mutating func perform(
        _ effect: RaftEffect, of node: NodeID, _ world: inout Surroundings<RaftHappening>
    ) {
        let place = node.place
        switch effect {
        case .send(let message, let receiver): send(message, from: node, to: receiver, &world)
        case .respond(let response, let id): respond(response, id: id, from: node, &world)
        case .saveHardState(let state, let token):
            nodes[place].disk.save(state, token)
            world.schedule(
                .hardStateSynced(node, incarnation: nodes[place].incarnation, token),
                at: nodes[place].syncEnd(now: world.now))
        case .appendLog(_, let entries): nodes[place].disk.append(entries)
        case .truncateLog(let index): nodes[place].disk.truncate(from: index)
        case .syncLog(let token):
            nodes[place].disk.sync(token)
            world.schedule(
                .logSynced(node, incarnation: nodes[place].incarnation, token),
                at: nodes[place].syncEnd(now: world.now))
        case .trace(let event):
            observe(event, of: node, &world)
            world.note(NodeTraceEvent(event, of: node, at: world.now))
        }
    }

    // MARK: - Messages

    private mutating func send(
        _ message: RaftMessage, from sender: NodeID, to receiver: NodeID,
        _ world: inout Surroundings<RaftHappening>
    ) {
        let link = DirectedLink(from: sender, to: receiver)
        let place = sender.place * nodes.count + receiver.place
        sentCounts[place] += 1
        var letter = Letter(
            message: message, link: link, serial: sentCounts[place],
            incarnation: nodes[sender.place].incarnation)
        let arrivals = network.arrivals(on: link, now: world.now)
        guard let first = arrivals.first else { return }
        world.schedule(.letter(letter), at: first)
        guard let second = arrivals.second else { return }
        letter.isCopy = true
        world.schedule(.letter(letter), at: second)
    }

    private mutating func deliver(
        _ letter: Letter, _ world: inout Surroundings<RaftHappening>
    ) {
        guard network.deliver(letter, on: letter.link, now: world.now) == .delivered,
            nodes[letter.link.to.place].isUp,
            letter.incarnation > nodes[letter.link.from.place].mutedIncarnation
        else { return }
        observe(letter, &world)
        step(letter.link.to, .received(letter.message, from: letter.link.from), &world)
    }
}

extension NodeID {
    /// The node's place in arrays of all nodes.
    var place: Int { rawValue - 1 }
}
