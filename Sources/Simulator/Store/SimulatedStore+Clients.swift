internal import HistoryModel
internal import Vocabulary
internal import Workloads

// The clients of a simulated store: their connections keep the order and lose nothing until one
// end is gone.

extension SimulatedStore {
    mutating func submit(
        _ invocation: Invocation, _ world: inout SimulationContext<SystemEvent>
    ) {
        guard let (key, operation) = command(invocation) else {
            return world.completions.append(refusal(of: invocation))
        }
        let client = invocation.thread.rawValue
        clients[client].invocation = invocation
        step(client: client, .invoked(key: key, operation), &world)
    }

    mutating func perform(
        _ systemEvent: ClientSystemEvent<Client.Request, Client.Response>,
        _ world: inout SimulationContext<SystemEvent>
    ) {
        switch systemEvent {
        case .tick(let client): tick(client: client, &world)
        case .connect(let client, let node): connect(client: client, to: node, &world)
        case .connected(let client, let node, let epoch):
            guard clients[client].epochs[node.place] == epoch else { return }
            step(client: client, .connected(node), &world)
        case .request(let request, let id, let client, let node, let epoch):
            guard clients[client].epochs[node.place] == epoch, nodes[node.place].host.isUp
            else { return }
            let unique = nodes[node.place].host.admit(client: client, id: id, epoch: epoch)
            step(node, event(request, id: unique), &world)
        case .response(let response, let id, let client, let node, let epoch):
            guard clients[client].epochs[node.place] == epoch else { return }
            step(client: client, .responded(response, id: id, from: node), &world)
        case .lost(let client, let node):
            step(client: client, .disconnected(node), &world)
        }
    }

    /// A connection counts once the node itself has answered; a paused node answers when it goes on.
    private mutating func connect(
        client: Int, to node: NodeID, _ world: inout SimulationContext<SystemEvent>
    ) {
        guard nodes[node.place].host.isUp else {
            return scheduleLater(.lost(client: client, node), for: client, &world)
        }
        guard !nodes[node.place].host.isPaused else {
            nodes[node.place].host.waitingClients.append(client)
            return
        }
        let epoch = clients[client].epochs[node.place]
        scheduleLater(.connected(client: client, node, epoch: epoch), for: client, &world)
    }

    /// Lets in who wanted to connect while the node was paused.
    mutating func connectWaiting(to node: NodeID, _ world: inout SimulationContext<SystemEvent>) {
        let waiting = nodes[node.place].host.waitingClients
        nodes[node.place].host.waitingClients = []
        for client in waiting { connect(client: client, to: node, &world) }
    }

    /// Breaks all clients' connections with a node that is gone.
    mutating func disconnectClients(
        of node: NodeID, _ world: inout SimulationContext<SystemEvent>
    ) {
        for client in clients.indices {
            clients[client].epochs[node.place] += 1
            scheduleLater(.lost(client: client, node), for: client, &world)
        }
    }

    mutating func respond(
        _ response: Client.Response, id: UInt64, from node: NodeID,
        _ world: inout SimulationContext<SystemEvent>
    ) {
        guard let request = nodes[node.place].host.release(id) else { return }
        scheduleLater(
            .response(response, request.id, client: request.client, node, epoch: request.epoch),
            for: request.client, &world)
    }

    /// Lets something happen after the time that a client's connection takes.
    private mutating func scheduleLater(
        _ event: ClientSystemEvent<Client.Request, Client.Response>, for client: Int,
        _ world: inout SimulationContext<SystemEvent>
    ) {
        var random = clients[client].random.stream(at: world.now)
        let latency = Nanoseconds.random(
            in: configuration.simulation.network.latency, using: &random)
        world.schedule(.client(event), at: world.now + latency)
    }

    private mutating func step(
        client: Int, _ event: ClientEvent<Client.Operation, Client.Response>,
        _ world: inout SimulationContext<SystemEvent>
    ) {
        var effects: [ClientEffect<Client.Request, Client.Outcome>] = []
        swap(&effects, &clients[client].effects)
        clients[client].core.step(event, now: world.now, effects: &effects)
        for effect in effects {
            switch effect {
            case .connect(let node):
                scheduleLater(.connect(client: client, node), for: client, &world)
            case .disconnect(let node): clients[client].epochs[node.place] += 1
            case .send(let request, let id, let node):
                let epoch = clients[client].epochs[node.place]
                scheduleLater(
                    .request(request, id, client: client, node, epoch: epoch), for: client, &world)
            case .finish(let outcome):
                guard let invocation = clients[client].invocation.take() else { continue }
                world.completions.append(
                    clients[client].core.completion(outcome, of: invocation))
            }
        }
        effects.removeAll(keepingCapacity: true)
        swap(&effects, &clients[client].effects)
        arm(client: client, &world)
    }

    private mutating func arm(client: Int, _ world: inout SimulationContext<SystemEvent>) {
        guard let deadline = clients[client].newDeadline() else { return }
        world.schedule(.client(.tick(client)), at: max(deadline, world.now))
    }

    private mutating func tick(client: Int, _ world: inout SimulationContext<SystemEvent>) {
        guard world.now >= clients[client].tickAt else { return }
        clients[client].tickAt = .distantFuture
        if clients[client].isDue(at: world.now) {
            step(client: client, .tick, &world)
        } else {
            arm(client: client, &world)
        }
    }
}
