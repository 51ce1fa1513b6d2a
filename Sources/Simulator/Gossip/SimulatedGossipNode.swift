internal import GossipBinding
internal import GossipCore
internal import Vocabulary
internal import Workloads

/// One gossip node: its process, its disk, and the machine they are on.
struct SimulatedGossipNode: SimulatedNode {
    static var startEvent: GossipProcessEvent { .start }
    static var tickEvent: GossipProcessEvent { .tick }

    private let configuration: RunConfiguration
    var host: SimulatedHost<GossipProcessEvent>
    private(set) var process: GossipProcess
    var disk = GossipDisk()

    init(_ id: NodeID, _ configuration: RunConfiguration) {
        self.configuration = configuration
        host = SimulatedHost(id, configuration)
        process = Self.makeProcess(host, configuration, state: GossipDurableState())
    }

    private static func makeProcess(
        _ host: SimulatedHost<GossipProcessEvent>, _ configuration: RunConfiguration,
        state: GossipDurableState
    ) -> GossipProcess {
        GossipProcess(
            configuration: GossipConfiguration(
                configuration, node: host.id, incarnation: host.incarnation,
                generation: host.generation),
            membership: MembershipConfiguration(configuration, node: host.id),
            state: state, seed: Seed(configuration.seed).derived("node \(host.id)"))
    }

    mutating func boot() {
        process = Self.makeProcess(host, configuration, state: disk.state)
    }

    var nextDeadline: Instant { process.nextDeadline }

    mutating func step(
        _ event: GossipProcessEvent, now local: Instant, effects: inout [GossipProcessEffect]
    ) {
        process.step(event, now: local, effects: &effects)
    }
}
