internal import RaftCore
internal import Vocabulary
internal import Workloads

/// The machine that one node runs on: its disk, its clock, and the process itself.
struct SimulatedRaftNode: SimulatedNode {
    static var startEvent: RaftEvent { .start }
    static var tickEvent: RaftEvent { .tick }

    private let configuration: RunConfiguration
    var host: SimulatedHost<RaftEvent>
    var core: RaftCore
    var disk = SimulatedDisk()

    init(_ id: NodeID, _ configuration: RunConfiguration) {
        self.configuration = configuration
        host = SimulatedHost(id, configuration)
        core = Self.makeCore(id, configuration, incarnation: 1, state: RaftDurableState())
    }

    private static func makeCore(
        _ id: NodeID, _ configuration: RunConfiguration, incarnation: Int, state: RaftDurableState
    ) -> RaftCore {
        var settings = RaftConfiguration(
            id: id, membership: Membership(voters: configuration.nodeIDs))
        settings.incarnation = incarnation
        settings.electionTimeout = configuration.electionTimeout
        settings.heartbeatInterval = max(
            1_000_000, min(50_000_000, configuration.electionTimeout.lowerBound / 3))
        settings.entriesPerMessageMax = configuration.entriesPerMessage
        settings.defects = RaftDefects(configuration.defects.compactMap(RaftDefect.init))
        return RaftCore(
            configuration: settings, state: state,
            seed: Seed(configuration.seed).derived("node \(id)"))
    }

    var id: NodeID { host.id }

    var nextDeadline: Instant { core.nextDeadline }

    /// Whether the log holds entries that the node does not know to be committed.
    var hasUncommitted: Bool { core.log.lastIndex > core.commitIndex }

    mutating func step(_ event: RaftEvent, now local: Instant, effects: inout [RaftEffect]) {
        core.step(event, now: local, effects: &effects)
    }

    /// When a sync that is asked for now will be done.
    mutating func syncEnd(now: Instant) -> Instant {
        disk.completion(of: host.syncLength(now: now), now: now)
    }

    mutating func boot() {
        core = Self.makeCore(
            id, configuration, incarnation: host.incarnation, state: disk.state)
    }
}
