internal import GossipBinding
internal import GossipCore
internal import Vocabulary
internal import Workloads

/// One gossip node: its process, its disk, and the machine they are on.
struct GossipHost: SimulatedNode {
    static var startEvent: GossipProcessEvent { .start }
    static var tickEvent: GossipProcessEvent { .tick }

    private let configuration: RunConfiguration
    var machine: Machine<GossipProcessEvent>
    private(set) var process: GossipProcess
    var disk = GossipDisk()

    init(_ id: NodeID, _ configuration: RunConfiguration) {
        self.configuration = configuration
        machine = Machine(id, configuration)
        process = Self.makeProcess(machine, configuration, state: GossipDurableState())
    }

    private static func makeProcess(
        _ machine: Machine<GossipProcessEvent>, _ configuration: RunConfiguration,
        state: GossipDurableState
    ) -> GossipProcess {
        GossipProcess(
            configuration: GossipConfiguration(
                configuration, node: machine.id, incarnation: machine.incarnation,
                life: machine.life),
            membership: MembershipConfiguration(configuration, node: machine.id),
            state: state, seed: Seed(configuration.seed).derived("node \(machine.id)"))
    }

    mutating func boot() {
        process = Self.makeProcess(machine, configuration, state: disk.state)
    }

    var nextDeadline: Instant { process.nextDeadline }

    mutating func step(
        _ event: GossipProcessEvent, now local: Instant, effects: inout [GossipProcessEffect]
    ) {
        process.step(event, now: local, effects: &effects)
    }
}
