import GossipCore
import Vocabulary

/// Some nodes that watch each other in virtual time.
struct SimulatedMembers {
    private enum SystemEvent {
        case message(MembershipMessage, from: Int, to: Int)
        case tick(Int)
    }

    private let seed: Seed
    private let change: (inout MembershipConfiguration) -> Void
    private var random: RandomStream
    private var queue = EventQueue<SystemEvent>()
    private var effects: [MembershipEffect] = []
    private(set) var now = Instant.zero
    private(set) var nodes: [Membership] = []
    private var ticks: [Instant] = []
    var isUp: [Bool] = []
    /// How much longer messages to and from a node take.
    var slowness: [Nanoseconds] = []
    /// The side that each node is on; messages between sides are lost.
    var side: [Int] = []
    var lossPercent = 0
    private(set) var traces: [(time: Instant, by: NodeID, update: MemberUpdate)] = []
    private(set) var messageCount = 0
    private(set) var alive: [[NodeID]] = []

    /// Starts nodes that know only the first one.
    init(
        count: Int, seed: Int,
        change: @escaping (inout MembershipConfiguration) -> Void = { _ in }
    ) {
        self.seed = Seed(UInt64(seed))
        self.change = change
        random = self.seed.stream("network")
        for _ in 0..<count { join() }
    }

    /// Starts one more node.
    mutating func join() {
        let node = nodes.count
        nodes.append(makeNode(node, incarnation: 1))
        ticks.append(.distantFuture)
        isUp.append(true)
        slowness.append(0)
        side.append(0)
        alive.append([])
        step(node, .start)
    }

    private func makeNode(_ node: Int, incarnation: Int) -> Membership {
        var configuration = MembershipConfiguration(id: NodeID(node + 1), contacts: [NodeID(1)])
        if node == 0, nodes.count > 1 { configuration.contacts = [NodeID(2)] }
        change(&configuration)
        return Membership(configuration: configuration, incarnation: incarnation, seed: seed)
    }

    mutating func restart(_ node: Int) {
        nodes[node] = makeNode(node, incarnation: 2)
        isUp[node] = true
        step(node, .start)
    }

    mutating func run(seconds: Int) {
        let end = now + Nanoseconds(seconds) * 1_000_000_000
        while queue.nextTime <= end, let (time, systemEvent) = queue.pop() {
            now = time
            switch systemEvent {
            case .message(let message, let sender, let node):
                guard side[sender] == side[node] else { continue }
                step(node, .received(message, from: NodeID(sender + 1)))
            case .tick(let node):
                ticks[node] = .distantFuture
                if now >= nodes[node].nextDeadline { step(node, .tick) } else { arm(node) }
            }
        }
        now = end
    }

    mutating func step(_ node: Int, _ event: MembershipEvent) {
        guard isUp[node] else { return }
        nodes[node].step(event, now: now, effects: &effects)
        for effect in effects {
            switch effect {
            case .send(let message, let receiver):
                messageCount += 1
                let to = receiver.rawValue - 1
                guard nodes.indices.contains(to), side[to] == side[node],
                    Int.random(in: 0..<100, using: &random) >= lossPercent
                else { continue }
                let delay = Nanoseconds.random(in: 100_000...4_000_000, using: &random)
                queue.push(
                    .message(message, from: node, to: to),
                    at: now + delay + slowness[node] + slowness[to])
            case .changed(let members, _): alive[node] = members
            case .trace(let update): traces.append((now, NodeID(node + 1), update))
            case .left: break
            }
        }
        effects.removeAll(keepingCapacity: true)
        arm(node)
    }

    private mutating func arm(_ node: Int) {
        let deadline = nodes[node].nextDeadline
        guard isUp[node], deadline < ticks[node] else { return }
        ticks[node] = deadline
        queue.push(.tick(node), at: deadline)
    }

    /// Whether all that run hold each other alive, and nobody else.
    var agree: Bool {
        nodes.indices.filter { isUp[$0] }.allSatisfy { node in
            alive[node]
                == nodes.indices.filter { isUp[$0] && $0 != node }.map { NodeID($0 + 1) }
        }
    }
}
