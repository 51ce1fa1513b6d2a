internal import Faults
internal import HistoryModel
internal import Vocabulary
internal import Workloads

/// One node of a simulated store: what the process runs, on its machine.
protocol SimulatedNode: Sendable {
    associatedtype Event: Sendable
    associatedtype Effect: Sendable

    /// The event that begins the process's life, and the one that a deadline brings.
    static var startEvent: Event { get }
    static var tickEvent: Event { get }

    var host: SimulatedHost<Event> { get set }
    /// When the process wants its next tick, on its own clock.
    var nextDeadline: Instant { get }

    /// Lets the process take in an event.
    mutating func step(_ event: Event, now local: Instant, effects: inout [Effect])

    /// Makes the process anew from what is on the disk.
    mutating func boot()
}

/// A bundled store in the simulated world: the same nodes and clients that the processes run.
protocol SimulatedStore: SimulatedSystem
where
    SystemEvent == StoreEvent<Message, Sync, Client.Request, Client.Response>
{
    associatedtype Node: SimulatedNode
    associatedtype Client: ClientNode
    associatedtype Message: Sendable
    /// What a disk reports when it is done.
    associatedtype Sync: Sendable

    var configuration: RunConfiguration { get }
    var nodes: [Node] { get set }
    var network: SimulatedNetwork<SimulatedMessage<Message>> { get set }
    var clients: [SimulatedClient<Client>] { get set }
    /// What becomes of nodes that lose power, and of those that come back.
    var chance: TimedRandom { get set }
    /// How many messages each link was given.
    var sentCounts: [Int] { get set }
    /// A place for effects that is used again and again.
    var nodeEffects: [Node.Effect] { get set }

    /// Carries out what a node wants.
    mutating func perform(
        _ effect: Node.Effect, of node: NodeID, _ world: inout SimulationContext<SystemEvent>)

    /// Takes in that a disk is done.
    mutating func synced(
        _ sync: Sync, at node: NodeID, _ world: inout SimulationContext<SystemEvent>)

    /// The event that a message is, where it arrives; nil if it is not taken.
    mutating func arrival(
        of delivery: SimulatedMessage<Message>, _ world: inout SimulationContext<SystemEvent>
    ) -> Node.Event?

    /// What a client's operation is to the store; nil if the store knows no such one.
    func command(_ invocation: Invocation) -> (key: String, Client.Operation)?

    /// How an operation ends that the store does not know.
    func refusal(of invocation: Invocation) -> Completion

    /// The event that a client's request is.
    func event(_ request: Client.Request, id: UInt64) -> Node.Event

    /// A node is about to be killed, and loses its power: what is lost of its disk.
    mutating func losePower(
        at node: NodeID, random: inout RandomStream, _ world: inout SimulationContext<SystemEvent>)

    /// A node goes on after a pause.
    func observeResume(of node: NodeID, _ world: inout SimulationContext<SystemEvent>)
}

extension SimulatedStore {
    func firstDelivery(afterHealOf action: FaultAction) -> Instant? {
        guard case .cut(let links, _) = action else { return nil }
        return network.firstDelivery(on: links)
    }

    mutating func start(_ world: inout SimulationContext<SystemEvent>) {
        for node in configuration.nodeIDs { step(node, Node.startEvent, &world) }
    }

    mutating func endDisturbances() { quietHosts() }

    /// What every store does to calm down.
    mutating func quietHosts() {
        // A tenth of the time after which a follower gives up its leader.
        let pace = max(1, configuration.electionTimeout.lowerBound / 10)
        network.endDisturbances(latencyMax: pace)
        for place in nodes.indices { nodes[place].host.endDisturbances(syncMax: pace) }
    }

    mutating func perform(_ event: SystemEvent, _ world: inout SimulationContext<SystemEvent>) {
        switch event {
        case .delivery(let delivery): deliver(delivery, &world)
        case .tick(let node): tick(node, &world)
        case .synced(let node, let incarnation, let sync):
            guard nodes[node.place].host.incarnation == incarnation,
                nodes[node.place].host.isUp
            else { return }
            synced(sync, at: node, &world)
        case .restart(let node): restart(node, &world)
        case .client(let event): perform(event, &world)
        }
    }

    // MARK: - Nodes

    /// Lets a node take in an event; one that is paused takes it in when it goes on.
    mutating func step(
        _ node: NodeID, _ event: Node.Event, _ world: inout SimulationContext<SystemEvent>
    ) {
        let place = node.place
        guard nodes[place].host.isUp else { return }
        guard !nodes[place].host.isPaused else {
            nodes[place].host.backlog.append(event)
            return
        }
        var effects: [Node.Effect] = []
        swap(&effects, &nodeEffects)
        let local = nodes[place].host.clock.reading(at: world.now)
        nodes[place].step(event, now: local, effects: &effects)
        for effect in effects { perform(effect, of: node, &world) }
        effects.removeAll(keepingCapacity: true)
        swap(&effects, &nodeEffects)
        arm(node, &world)
    }

    private mutating func arm(_ node: NodeID, _ world: inout SimulationContext<SystemEvent>) {
        let place = node.place
        let reading = nodes[place].nextDeadline
        guard reading < nodes[place].host.tickReading else { return }
        let deadline = nodes[place].host.clock.time(of: reading)
        nodes[place].host.tickReading = reading
        nodes[place].host.tickAt = deadline
        world.schedule(.tick(node), at: max(deadline, world.now))
    }

    private mutating func tick(_ node: NodeID, _ world: inout SimulationContext<SystemEvent>) {
        let place = node.place
        guard world.now >= nodes[place].host.tickAt else { return }
        nodes[place].host.tickAt = .distantFuture
        nodes[place].host.tickReading = .distantFuture
        guard nodes[place].host.isUp, !nodes[place].host.isPaused else { return }
        if nodes[place].host.clock.reading(at: world.now) >= nodes[place].nextDeadline {
            step(node, Node.tickEvent, &world)
        } else {
            arm(node, &world)
        }
    }

    // MARK: - Messages

    /// Puts a message on its way; a stream neither loses nor repeats anything.
    mutating func send(
        _ message: Message, from sender: NodeID, to receiver: NodeID, isStream: Bool = false,
        _ world: inout SimulationContext<SystemEvent>
    ) {
        let link = DirectedLink(from: sender, to: receiver)
        let place = sender.place * nodes.count + receiver.place
        sentCounts[place] += 1
        let arrivals = network.arrivals(on: link, now: world.now, isStream: isStream)
        guard let first = arrivals.first else { return }
        let delivery = SimulatedMessage(
            message: message, link: link, serial: sentCounts[place],
            incarnation: nodes[sender.place].host.incarnation,
            receiverIncarnation: nodes[receiver.place].host.incarnation)
        world.schedule(.delivery(delivery), at: first)
        guard let second = arrivals.second else { return }
        world.schedule(.delivery(SimulatedMessage(copyOf: delivery)), at: second)
    }

    private mutating func deliver(
        _ delivery: SimulatedMessage<Message>, _ world: inout SimulationContext<SystemEvent>
    ) {
        let receiver = delivery.link.to
        guard network.deliver(delivery, on: delivery.link, now: world.now) == .delivered,
            nodes[receiver.place].host.isUp,
            delivery.incarnation > nodes[delivery.link.from.place].host.mutedIncarnation,
            let event = arrival(of: delivery, &world)
        else { return }
        step(receiver, event, &world)
    }
}
