internal import HistoryModel
internal import RaftBinding
internal import RaftCore
internal import Vocabulary
internal import Workloads

// The clients of the simulated store: their connections keep the order and lose nothing until one
// end is gone.

extension SimulatedRaft {
    mutating func submit(
        _ invocation: Invocation, _ world: inout Surroundings<RaftHappening>
    ) {
        guard let operation = KeyValueOperation(invocation.operation) else {
            return world.completions.append(Completion(unknownOperation: invocation))
        }
        let client = invocation.thread.rawValue
        clients[client].invocation = invocation
        step(client: client, .invoked(key: invocation.operation.storeKey, operation), &world)
    }

    mutating func performForClient(
        _ happening: RaftHappening, _ world: inout Surroundings<RaftHappening>
    ) {
        switch happening {
        case .clientTick(let client): tick(client: client, &world)
        case .connect(let client, let node): connect(client: client, to: node, &world)
        case .connected(let client, let node, let epoch):
            guard clients[client].epochs[node.place] == epoch else { return }
            step(client: client, .connected(node), &world)
        case .request(let request, let id, let client, let node, let epoch):
            guard clients[client].epochs[node.place] == epoch, nodes[node.place].isUp else {
                return
            }
            let unique = nodes[node.place].admit(client: client, id: id, epoch: epoch)
            step(node, .requested(request, id: unique), &world)
        case .response(let response, let id, let client, let node, let epoch):
            guard clients[client].epochs[node.place] == epoch else { return }
            step(client: client, .responded(response, id: id, from: node), &world)
        case .lost(let client, let node):
            step(client: client, .disconnected(node), &world)
        default: break
        }
    }

    /// A connection counts once the node itself has answered; a paused node answers when it goes on.
    private mutating func connect(
        client: Int, to node: NodeID, _ world: inout Surroundings<RaftHappening>
    ) {
        guard nodes[node.place].isUp else {
            return world.schedule(
                .lost(client: client, node), at: world.now + latency(of: client, now: world.now))
        }
        guard !nodes[node.place].isPaused else {
            nodes[node.place].waitingClients.append(client)
            return
        }
        let epoch = clients[client].epochs[node.place]
        world.schedule(
            .connected(client: client, node, epoch: epoch),
            at: world.now + latency(of: client, now: world.now))
    }

    /// Lets in who wanted to connect while the node was paused.
    mutating func connectWaiting(to node: NodeID, _ world: inout Surroundings<RaftHappening>) {
        let waiting = nodes[node.place].waitingClients
        nodes[node.place].waitingClients = []
        for client in waiting { connect(client: client, to: node, &world) }
    }

    /// Breaks all clients' connections with a node that is gone.
    mutating func disconnectClients(
        of node: NodeID, _ world: inout Surroundings<RaftHappening>
    ) {
        for client in clients.indices {
            clients[client].epochs[node.place] += 1
            world.schedule(
                .lost(client: client, node), at: world.now + latency(of: client, now: world.now))
        }
    }

    mutating func respond(
        _ response: ClientResponse, id: RequestID, from node: NodeID,
        _ world: inout Surroundings<RaftHappening>
    ) {
        guard let request = nodes[node.place].release(id) else { return }
        world.schedule(
            .response(response, request.id, client: request.client, node, epoch: request.epoch),
            at: world.now + latency(of: request.client, now: world.now))
    }

    private mutating func latency(of client: Int, now: Instant) -> Nanoseconds {
        var random = clientRandom[client].stream(at: now)
        return .random(in: configuration.simulation.network.latency, using: &random)
    }

    private mutating func step(
        client: Int, _ event: RaftClientEvent, _ world: inout Surroundings<RaftHappening>
    ) {
        var effects: [RaftClientEffect] = []
        clients[client].core.step(event, now: world.now, effects: &effects)
        for effect in effects {
            switch effect {
            case .connect(let node):
                world.schedule(
                    .connect(client: client, node),
                    at: world.now + latency(of: client, now: world.now))
            case .disconnect(let node): clients[client].epochs[node.place] += 1
            case .send(let request, let id, let node):
                let epoch = clients[client].epochs[node.place]
                world.schedule(
                    .request(request, id, client: client, node, epoch: epoch),
                    at: world.now + latency(of: client, now: world.now))
            case .finish(let outcome): finish(client: client, outcome, &world)
            }
        }
        arm(client: client, &world)
    }

    private mutating func finish(
        client: Int, _ outcome: RaftClientOutcome, _ world: inout Surroundings<RaftHappening>
    ) {
        guard let invocation = clients[client].invocation.take() else { return }
        world.completions.append(Completion(outcome, of: invocation))
    }

    private mutating func arm(client: Int, _ world: inout Surroundings<RaftHappening>) {
        let deadline = clients[client].core.nextDeadline
        guard deadline < clients[client].tickAt else { return }
        clients[client].tickAt = deadline
        world.schedule(.clientTick(client), at: max(deadline, world.now))
    }

    private mutating func tick(client: Int, _ world: inout Surroundings<RaftHappening>) {
        guard world.now >= clients[client].tickAt else { return }
        clients[client].tickAt = .distantFuture
        if world.now >= clients[client].core.nextDeadline {
            step(client: client, .tick, &world)
        } else {
            arm(client: client, &world)
        }
    }
}
