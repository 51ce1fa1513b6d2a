import GossipCore
import HistoryModel
import Vocabulary

/// A small cluster with writers in virtual time: messages are delayed, lost and duplicated, links
/// are cut, nodes lose power.
struct SimulatedCluster {
    enum SystemEvent {
        case message(GossipMessage, from: Int, to: Int)
        case tick(Int)
        case saved(Int, incarnation: Int, SyncToken)
        case restart(Int)
        case fault
        case write
    }

    struct Link: Hashable {
        var from: Int
        var to: Int

        init(_ from: Int, _ to: Int) {
            self.from = from
            self.to = to
        }
    }

    /// What a disk has, and what it would lose with the power.
    struct Disk {
        var records: [StoreRecord] = []
        var pending: [(token: SyncToken, records: [StoreRecord])] = []

        mutating func complete(_ token: SyncToken) {
            while let first = pending.first, first.token <= token {
                records += first.records
                pending.removeFirst()
            }
        }
    }

    let seed: Seed
    let change: (inout GossipConfiguration) -> Void
    var random: RandomStream
    var now = Instant.zero
    var queue = EventQueue<SystemEvent>()
    var nodes: [GossipCore] = []
    var disks: [Disk]
    var isUp: [Bool]
    var incarnations: [Int]
    private var generations: [Int]
    var ticks: [Instant]
    private var syncEnds: [Instant]
    var cut: Set<Link> = []
    let faultsEnd: Instant
    var faultCount = 0
    private static let keyCount = 12
    private var writeCount = 0
    private var requests: [RequestID: (key: String, value: String?)] = [:]
    var recorder = RunRecorder()
    private var requestCount: UInt64 = 0
    var monitor = ConvergenceMonitor()
    private(set) var traces: [(time: Instant, node: Int, event: GossipTraceEvent)] = []
    /// Share of messages that are lost, in percent; as many again come twice.
    var lossPercent = 3
    private var effects: [GossipEffect] = []

    init(
        seed: Seed, nodeCount: Int, faultsEnd: Instant,
        change: @escaping (inout GossipConfiguration) -> Void = { _ in }
    ) {
        self.seed = seed
        self.change = change
        self.faultsEnd = faultsEnd
        random = seed.stream("network")
        disks = Array(repeating: Disk(), count: nodeCount)
        isUp = Array(repeating: true, count: nodeCount)
        incarnations = Array(repeating: 0, count: nodeCount)
        generations = Array(repeating: 1, count: nodeCount)
        ticks = Array(repeating: .distantFuture, count: nodeCount)
        syncEnds = Array(repeating: .zero, count: nodeCount)
        for node in 0..<nodeCount {
            nodes.append(makeNode(node))
            step(node, .start)
        }
        queue.push(.write, at: now + 1)
        queue.push(.fault, at: now + 1_000_000_000)
    }

    mutating func makeNode(_ node: Int) -> GossipCore {
        incarnations[node] += 1
        var configuration = GossipConfiguration(
            id: NodeID(node + 1), members: (1...disks.count).map { NodeID($0) })
        configuration.incarnation = incarnations[node]
        configuration.generation = generations[node]
        change(&configuration)
        return GossipCore(
            configuration: configuration, state: GossipDurableState(records: disks[node].records),
            seed: seed)
    }

    mutating func run(until end: Instant) {
        while queue.nextTime <= end, let (time, systemEvent) = queue.pop() {
            now = time
            perform(systemEvent)
        }
        now = end
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
        case .saved(let node, let incarnation, let token):
            guard isUp[node], incarnation == incarnations[node] else { return }
            disks[node].complete(token)
            step(node, .saved(token))
        case .restart(let node):
            nodes[node] = makeNode(node)
            isUp[node] = true
            step(node, .start)
        case .fault: injectFault()
        case .write: write()
        }
    }

    mutating func step(_ node: Int, _ event: GossipEvent) {
        guard isUp[node] else { return }
        nodes[node].step(event, now: now, effects: &effects)
        let todo = effects
        effects.removeAll(keepingCapacity: true)
        for effect in todo { perform(effect, of: node) }
        arm(node)
    }

    private mutating func arm(_ node: Int) {
        let deadline = nodes[node].nextDeadline
        guard deadline < ticks[node] else { return }
        ticks[node] = deadline
        queue.push(.tick(node), at: deadline)
    }

    private mutating func perform(_ effect: GossipEffect, of node: Int) {
        switch effect {
        case .send(let message, let receiver, let channel):
            send(message, from: node, to: receiver.rawValue - 1, over: channel)
        case .respond(let response, let id):
            recorder.completed(id, response, at: now, by: node)
            guard let (key, value) = requests.removeValue(forKey: id),
                case .stored(let stamp) = response
            else { return }
            monitor.acknowledged(key, value, stamp)
        case .save(let records, let token):
            disks[node].pending.append((token, records))
            syncEnds[node] =
                max(now, syncEnds[node]) + .random(in: 200_000...2_000_000, using: &random)
            queue.push(.saved(node, incarnation: incarnations[node], token), at: syncEnds[node])
        case .trace(let event):
            traces.append((now, node, event))
            recorder.note(event, at: now, by: node)
            monitor.note(event, of: nodes[node])
        }
    }

    private mutating func send(
        _ message: GossipMessage, from sender: Int, to receiver: Int, over channel: Channel
    ) {
        monitor.messageCount += 1
        guard !cut.contains(Link(sender, receiver)) else { return }
        let draw = Int.random(in: 0..<100, using: &random)
        let copies =
            channel == .stream ? 1 : draw < lossPercent ? 0 : draw < 2 * lossPercent ? 2 : 1
        for _ in 0..<copies {
            let isSlow = Int.random(in: 0..<100, using: &random) == 0
            let delay = Nanoseconds.random(
                in: isSlow ? 1_000_000...3_000_000_000 : 100_000...4_000_000, using: &random)
            queue.push(.message(message, from: sender, to: receiver), at: now + delay)
        }
    }

    // MARK: - Load and faults

    private mutating func write() {
        guard now < faultsEnd else { return }
        writeCount += 1
        put(
            "k\(Int.random(in: 0..<Self.keyCount, using: &random))",
            Int.random(in: 0..<4, using: &random) == 0 ? nil : "v\(writeCount)",
            at: Int.random(in: nodes.indices, using: &random))
        queue.push(.write, at: now + .random(in: 1_000_000...40_000_000, using: &random))
    }

    /// Writes at a node, or deletes if there is no value.
    mutating func put(_ key: String, _ value: String?, at node: Int) {
        requestCount += 1
        let id = RequestID(requestCount)
        requests[id] = (key, value)
        recorder.invoked(id, value == nil ? "delete" : .write, key, value, at: now, by: node)
        step(
            node,
            .requested(
                value.map { .put(key: key, value: $0, seen: 0) } ?? .delete(key: key, seen: 0),
                id: id))
    }

    /// Asks every node for every key.
    mutating func readAll() {
        for node in nodes.indices {
            for key in monitor.greatest.keys.sorted() {
                requestCount += 1
                let id = RequestID(requestCount)
                recorder.invoked(id, .read, key, nil, at: now, by: node)
                step(node, .requested(.get(key: key), id: id))
            }
        }
    }

    private mutating func injectFault() {
        cut = []
        recorder.healed(at: now)
        guard now < faultsEnd else { return }
        faultCount += 1
        recorder.faulted(at: now)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: isolate([Int.random(in: nodes.indices, using: &random)])
        case 1: isolate(Array(nodes.indices.shuffled(using: &random).prefix(nodes.count / 2)))
        case 2:
            for from in nodes.indices {
                for to in nodes.indices where Bool.random(using: &random) {
                    cut.insert(Link(from, to))
                }
            }
        case 3: crash([Int.random(in: nodes.indices, using: &random)])
        default: crash(Array(nodes.indices.shuffled(using: &random).prefix(nodes.count / 2 + 1)))
        }
        queue.push(.fault, at: now + .random(in: 300_000_000...3_000_000_000, using: &random))
    }

    mutating func isolate(_ group: [Int]) {
        for node in group {
            for other in nodes.indices where !group.contains(other) {
                cut.formUnion([Link(node, other), Link(other, node)])
            }
        }
    }

    /// A node loses its disk and begins another life with nothing.
    mutating func wipe(_ node: Int) {
        disks[node] = Disk()
        generations[node] += 1
        nodes[node] = makeNode(node)
        step(node, .start)
    }

    mutating func crash(_ group: [Int]) {
        for node in group where isUp[node] {
            isUp[node] = false
            disks[node].pending = []
            queue.push(
                .restart(node), at: now + .random(in: 10_000_000...900_000_000, using: &random))
        }
    }
}
