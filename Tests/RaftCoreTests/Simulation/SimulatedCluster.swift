import RaftCore
import Vocabulary

/// A small cluster with its clients in virtual time: messages are delayed, lost and duplicated,
/// links are cut, nodes lose power.
struct SimulatedCluster {
    enum SystemEvent {
        case message(RaftMessage, from: Int, to: Int)
        case tick(Int)
        case hardStateSynced(Int, incarnation: Int, SyncToken)
        case logSynced(Int, incarnation: Int, SyncToken)
        case restart(Int)
        case fault
        case invoke(client: Int)
        case clientTick(Int)
        case connect(client: Int, Int)
        case request(ClientRequest, RequestID, client: Int, Int)
        case response(ClientResponse, RequestID, client: Int, Int, incarnation: Int)
    }

    struct Link: Hashable {
        var from: Int
        var to: Int

        init(_ from: Int, _ to: Int) {
            self.from = from
            self.to = to
        }
    }

    let seed: Seed
    let defects: RaftDefects
    var random: RandomStream
    var now = Instant.zero
    var queue = EventQueue()
    var nodes: [RaftCore] = []
    var disks: [SimulatedDisk]
    var isUp: [Bool]
    var incarnations: [Int]
    var ticks: [Instant]
    private var syncEnds: [Instant]
    var cut: Set<Link> = []
    var clients: [SimulatedClient]
    var acknowledged: [Int64]
    var monitor = SafetyMonitor()
    var faultsEnd: Instant
    var faultCount = 0
    /// Which client waits for a node's request: the key is what the node knows it by.
    var requests: [RequestID: (client: Int, id: RequestID)] = [:]
    var requestCount: UInt64 = 0
    private var effects: [RaftEffect] = []
    private var clientEffects: [RaftClientEffect] = []

    init(seed: Seed, nodeCount: Int, clientCount: Int, defects: RaftDefects, faultsEnd: Instant) {
        self.seed = seed
        self.defects = defects
        self.faultsEnd = faultsEnd
        random = seed.stream("network")
        disks = Array(repeating: SimulatedDisk(), count: nodeCount)
        isUp = Array(repeating: true, count: nodeCount)
        incarnations = Array(repeating: 0, count: nodeCount)
        ticks = Array(repeating: .distantFuture, count: nodeCount)
        syncEnds = Array(repeating: .zero, count: nodeCount)
        acknowledged = Array(repeating: 0, count: clientCount)
        clients = (0..<clientCount).map {
            SimulatedClient(number: $0, home: NodeID($0 % nodeCount + 1))
        }
        for node in 0..<nodeCount {
            nodes.append(makeNode(node))
            step(node, .start)
        }
        for client in 0..<clientCount { queue.push(.invoke(client: client), at: now + 1) }
        queue.push(.fault, at: now + 1_000_000_000)
    }

    /// Runs until an instant, or until the first broken promise.
    mutating func run(until end: Instant) {
        while monitor.violations.isEmpty, queue.nextTime <= end,
            let (time, systemEvent) = queue.pop()
        {
            now = time
            perform(systemEvent)
        }
    }

    mutating func makeNode(_ node: Int) -> RaftCore {
        incarnations[node] += 1
        var configuration = RaftConfiguration(
            id: NodeID(node + 1),
            membership: Membership(voters: (1...disks.count).map { NodeID($0) }))
        configuration.incarnation = incarnations[node]
        configuration.defects = defects
        configuration.entriesPerMessageMax = 3
        return RaftCore(configuration: configuration, state: disks[node].state, seed: seed)
    }

    private mutating func perform(_ systemEvent: SystemEvent) {
        switch systemEvent {
        case .message(let message, let sender, let node):
            guard !cut.contains(Link(sender, node)) else { return }
            step(node, .received(message, from: NodeID(sender + 1)))
        case .tick(let node):
            ticks[node] = .distantFuture
            guard isUp[node] else { return }
            if now >= nodes[node].nextDeadline { step(node, .tick) } else { arm(node) }
        case .hardStateSynced(let node, let incarnation, let token):
            guard isUp[node], incarnation == incarnations[node] else { return }
            disks[node].completeHardState(token)
            step(node, .hardStateSynced(token))
        case .logSynced(let node, let incarnation, let token):
            guard isUp[node], incarnation == incarnations[node] else { return }
            disks[node].completeLog(token)
            step(node, .logSynced(token))
        case .restart(let node): restart(node)
        case .fault: injectFault()
        default: performForClient(systemEvent)
        }
    }

    mutating func step(_ node: Int, _ event: RaftEvent) {
        guard isUp[node] else { return }
        let committedBefore = nodes[node].commitIndex
        nodes[node].step(event, now: now, effects: &effects)
        for effect in effects { perform(effect, of: node, committedBefore: committedBefore) }
        effects.removeAll(keepingCapacity: true)
        arm(node)
    }

    private mutating func arm(_ node: Int) {
        let deadline = nodes[node].nextDeadline
        guard deadline < ticks[node] else { return }
        ticks[node] = deadline
        queue.push(.tick(node), at: deadline)
    }

    private mutating func perform(
        _ effect: RaftEffect, of node: Int, committedBefore: LogIndex
    ) {
        switch effect {
        case .send(let message, let receiver):
            send(message, from: node, to: receiver.rawValue - 1)
        case .respond(let response, let id):
            guard let (client, clientID) = requests.removeValue(forKey: id) else { return }
            queue.push(
                .response(
                    response, clientID, client: client, node, incarnation: incarnations[node]),
                at: now + latency())
        case .saveHardState(let state, let token):
            disks[node].save(state, token)
            queue.push(
                .hardStateSynced(node, incarnation: incarnations[node], token),
                at: now + 300_000)
        case .appendLog(_, let entries): disks[node].append(entries)
        case .truncateLog(let index): disks[node].truncate(from: index)
        case .syncLog(let token):
            disks[node].sync(token)
            queue.push(
                .logSynced(node, incarnation: incarnations[node], token), at: syncEnd(of: node))
        case .trace(let event):
            monitor.note(event, of: nodes[node], committedBefore: committedBefore)
        }
    }

    private mutating func send(_ message: RaftMessage, from sender: Int, to receiver: Int) {
        guard !cut.contains(Link(sender, receiver)) else { return }
        let copies =
            switch Int.random(in: 0..<100, using: &random) {
            case 0, 1: 0
            case 2, 3: 2
            default: 1
            }
        for _ in 0..<copies {
            queue.push(.message(message, from: sender, to: receiver), at: now + latency())
        }
    }

    mutating func latency() -> Nanoseconds {
        let isSlow = Int.random(in: 0..<200, using: &random) == 0
        return .random(in: isSlow ? 1_000_000...400_000_000 : 100_000...4_000_000, using: &random)
    }

    /// When a sync that is asked for now will be done: a disk works in order, and stalls at times.
    private mutating func syncEnd(of node: Int) -> Instant {
        let stalls = Int.random(in: 0..<300, using: &random) == 0
        let length = Nanoseconds.random(
            in: stalls ? 100_000_000...500_000_000 : 200_000...2_000_000, using: &random)
        syncEnds[node] = max(now, syncEnds[node]) + length
        return syncEnds[node]
    }

    // MARK: - Clients

    private mutating func performForClient(_ systemEvent: SystemEvent) {
        switch systemEvent {
        case .invoke(let client):
            let (key, operation) = clients[client].choose(
                using: &random, acknowledged: acknowledged)
            step(client: client, .invoked(key: key, operation))
        case .clientTick(let client):
            if now >= clients[client].core.nextDeadline { step(client: client, .tick) }
        case .connect(let client, let node):
            let id = NodeID(node + 1)
            step(client: client, isUp[node] ? .connected(id) : .disconnected(id))
        case .request(let request, let id, let client, let node):
            guard isUp[node] else { return }
            requestCount += 1
            requests[RequestID(requestCount)] = (client, id)
            step(node, .requested(request, id: RequestID(requestCount)))
        case .response(let response, let id, let client, let node, let incarnation):
            guard incarnation == incarnations[node], isUp[node] else { return }
            step(client: client, .responded(response, id: id, from: NodeID(node + 1)))
        default: break
        }
    }

    mutating func step(client: Int, _ event: RaftClientEvent) {
        clients[client].core.step(event, now: now, effects: &clientEffects)
        let effects = clientEffects
        clientEffects = []
        for effect in effects {
            switch effect {
            case .connect(let node):
                queue.push(.connect(client: client, node.rawValue - 1), at: now + latency())
            case .disconnect: break
            case .send(let request, let id, let node):
                queue.push(
                    .request(request, id, client: client, node.rawValue - 1), at: now + latency())
            case .finish(let outcome):
                let violation = clients[client].finished(outcome, acknowledged: &acknowledged)
                if let violation { monitor.report("client \(client): \(violation)") }
                queue.push(
                    .invoke(client: client),
                    at: now + .random(in: 1_000_000...20_000_000, using: &random))
            }
        }
        let deadline = clients[client].core.nextDeadline
        if deadline != .distantFuture { queue.push(.clientTick(client), at: deadline) }
    }
}
