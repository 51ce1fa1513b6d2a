internal import GossipBinding
internal import GossipCore
internal import Vocabulary
internal import Workloads

/// What happens to the process of a gossip node.
enum GossipHostEvent: Sendable {
    case start
    case tick
    case store(GossipEvent)
    case members(MembershipEvent)
}

/// What the process of a gossip node wants done.
enum GossipHostEffect: Sendable {
    case store(GossipEffect)
    case send(MembershipMessage, to: NodeID)
    case trace(MemberUpdate)
}

/// One gossip node: the store and the view of the members, which live in one process and share a
/// machine.
struct GossipHost: SimulatedNode {
    static var startEvent: GossipHostEvent { .start }
    static var tickEvent: GossipHostEvent { .tick }

    private let configuration: RunConfiguration
    var machine: Machine<GossipHostEvent>
    var core: GossipCore
    var members: Membership?
    var disk = GossipDisk()
    /// Whether every other member is held alive.
    private(set) var knowsAll = false
    private var storeEffects: [GossipEffect] = []
    private var memberEffects: [MembershipEffect] = []

    init(_ id: NodeID, _ configuration: RunConfiguration) {
        self.configuration = configuration
        machine = Machine(id, configuration)
        core = Self.makeCore(machine, configuration, state: GossipDurableState())
        members = Self.makeMembers(machine, configuration)
    }

    private static func makeCore(
        _ machine: Machine<GossipHostEvent>, _ configuration: RunConfiguration,
        state: GossipDurableState
    ) -> GossipCore {
        GossipCore(
            configuration: GossipConfiguration(
                configuration, node: machine.id, incarnation: machine.incarnation,
                life: machine.life),
            state: state, seed: Seed(configuration.seed).derived("node \(machine.id)"))
    }

    private static func makeMembers(
        _ machine: Machine<GossipHostEvent>, _ configuration: RunConfiguration
    ) -> Membership? {
        MembershipConfiguration(configuration, node: machine.id).map {
            Membership(
                configuration: $0, incarnation: machine.incarnation,
                seed: Seed(configuration.seed).derived("node \(machine.id)"))
        }
    }

    mutating func boot() {
        core = Self.makeCore(machine, configuration, state: disk.state)
        members = Self.makeMembers(machine, configuration)
        knowsAll = false
    }

    var nextDeadline: Instant {
        min(core.nextDeadline, members?.nextDeadline ?? .distantFuture)
    }

    mutating func step(
        _ event: GossipHostEvent, now local: Instant, effects: inout [GossipHostEffect]
    ) {
        switch event {
        case .start:
            step(.start, now: local, &effects)
            stepMembers(.start, now: local, &effects)
        case .tick:
            if local >= core.nextDeadline { step(.tick, now: local, &effects) }
            if local >= members?.nextDeadline ?? .distantFuture {
                stepMembers(.tick, now: local, &effects)
            }
        case .store(let event): step(event, now: local, &effects)
        case .members(let event): stepMembers(event, now: local, &effects)
        }
    }

    private mutating func step(
        _ event: GossipEvent, now local: Instant, _ effects: inout [GossipHostEffect]
    ) {
        core.step(event, now: local, effects: &storeEffects)
        for effect in storeEffects { effects.append(.store(effect)) }
        storeEffects.removeAll(keepingCapacity: true)
    }

    private mutating func stepMembers(
        _ event: MembershipEvent, now local: Instant, _ effects: inout [GossipHostEffect]
    ) {
        members?.step(event, now: local, effects: &memberEffects)
        let wanted = memberEffects
        memberEffects.removeAll(keepingCapacity: true)
        for effect in wanted {
            switch effect {
            case .send(let message, let receiver): effects.append(.send(message, to: receiver))
            case .trace(let update): effects.append(.trace(update))
            case .changed(let alive, let dead):
                knowsAll = alive.count == configuration.nodes - 1
                step(.membersChanged(alive: alive, dead: dead), now: local, &effects)
            case .left(let node): step(.removed(node), now: local, &effects)
            }
        }
    }
}
