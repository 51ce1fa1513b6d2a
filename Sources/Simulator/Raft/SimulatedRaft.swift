internal import Faults
internal import HistoryModel
internal import ObjectBinding
internal import Objects
internal import RaftBinding
internal import RaftCore
internal import Vocabulary
internal import Workloads

/// What a node's disk has made durable.
enum RaftSync: Sendable {
    case hardState(SyncToken)
    case log(SyncToken)
}

/// The bundled Raft store in the simulated world: the same nodes and clients that the processes run.
struct SimulatedRaft: SimulatedStore {
    typealias SystemEvent = StoreEvent<RaftMessage, RaftSync, ClientRequest, ClientResponse>

    let configuration: RunConfiguration
    var nodes: [SimulatedRaftNode]
    var network: SimulatedNetwork<SimulatedMessage<RaftMessage>>
    var clients: [SimulatedClient<RaftClientNode>]
    var chance: TimedRandom
    var sentCounts: [Int]
    var deliveredSerials: [Int]
    var nodeEffects: [RaftEffect] = []
    /// The largest terms that had a leader, and a candidate.
    var electedTerm = Term.zero
    var lastCandidateTerm = Term.zero

    init(_ configuration: RunConfiguration) {
        self.configuration = configuration
        let seed = Seed(configuration.seed)
        let count = configuration.nodeIDs.count
        network = SimulatedNetwork(
            nodes: count, conditions: configuration.simulation.network, seed: seed)
        chance = TimedRandom(seed, "power")
        sentCounts = Array(repeating: 0, count: count * count)
        deliveredSerials = Array(repeating: 0, count: count * count)
        nodes = configuration.nodeIDs.map { SimulatedRaftNode($0, configuration) }
        clients = (0..<configuration.concurrency).map {
            SimulatedClient(RaftClientNode(thread: $0, configuration), thread: $0, configuration)
        }
    }

    var isReady: Bool { leader != nil }

    /// The node that leads in the largest term.
    var leader: NodeID? {
        var found: SimulatedRaftNode?
        for simulatedNode in nodes
        where simulatedNode.host.isUp && simulatedNode.core.role == .leader {
            if found.map({ $0.core.term < simulatedNode.core.term }) ?? true {
                found = simulatedNode
            }
        }
        return found?.id
    }

    mutating func synced(
        _ sync: RaftSync, at node: NodeID, _ world: inout SimulationContext<SystemEvent>
    ) {
        switch sync {
        case .hardState(let token):
            nodes[node.place].disk.completeHardState(token)
            step(node, .hardStateSynced(token), &world)
        case .log(let token):
            nodes[node.place].disk.completeLog(token)
            step(node, .logSynced(token), &world)
        }
    }

    mutating func perform(
        _ effect: RaftEffect, of node: NodeID, _ world: inout SimulationContext<SystemEvent>
    ) {
        let place = node.place
        switch effect {
        case .send(let message, let receiver): send(message, from: node, to: receiver, &world)
        case .respond(let response, let id): respond(response, id: id.rawValue, from: node, &world)
        case .saveHardState(let state, let token):
            nodes[place].disk.save(state, token)
            schedule(.hardState(token), at: node, &world)
        case .appendLog(_, let entries): nodes[place].disk.append(entries)
        case .truncateLog(let index): nodes[place].disk.truncate(from: index)
        case .syncLog(let token):
            nodes[place].disk.sync(token)
            schedule(.log(token), at: node, &world)
        case .trace(let event):
            observe(event, of: node, &world)
            world.note(NodeTraceEvent(event, of: node, at: world.now))
        }
    }

    private mutating func schedule(
        _ sync: RaftSync, at node: NodeID, _ world: inout SimulationContext<SystemEvent>
    ) {
        let end = nodes[node.place].syncEnd(now: world.now)
        world.schedule(
            .synced(node, incarnation: nodes[node.place].host.incarnation, sync), at: end)
    }

    // MARK: - Messages and requests

    mutating func arrival(
        of delivery: SimulatedMessage<RaftMessage>, _ world: inout SimulationContext<SystemEvent>
    ) -> RaftEvent? {
        observe(delivery, &world)
        return .received(delivery.message, from: delivery.link.from)
    }

    func command(_ invocation: Invocation) -> (key: String, ObjectOperation)? {
        FunctionTable.known.operation(invocation, on: configuration.object).map {
            (invocation.operation.storeKey, $0)
        }
    }

    func refusal(of invocation: Invocation) -> Completion {
        FunctionTable.known.refusal(of: invocation, on: configuration.object, by: "raft")
    }

    func event(_ request: ClientRequest, id: UInt64) -> RaftEvent {
        .requested(request, id: RequestID(id))
    }
}
