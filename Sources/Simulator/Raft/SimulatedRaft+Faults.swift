internal import Faults
internal import HistoryModel
internal import RaftCore
internal import Vocabulary

// Breaking the simulated Raft store, and mending it.

extension SimulatedRaft {
    mutating func apply(_ action: FaultAction, _ world: inout SimulationContext<SystemEvent>) -> Int
    {
        switch action {
        case .cut(let links, _):
            observeCut(links, &world)
            network.cut(links)
            return 0
        case .kill(let targets): return targets.count { kill($0, &world) }
        case .pause(let targets): return targets.count { nodes[$0.place].host.pause() }
        // Its members are fixed, and it sends no datagrams: then the fault is not seen, and the run
        // says so.
        case .leave, .wipe, .disturb: return 0
        }
    }

    mutating func heal(
        _ action: FaultAction, _ world: inout SimulationContext<SystemEvent>
    ) -> (held: Int, runsAt: Instant) {
        switch action {
        case .cut(let links, let mode): return (mend(links, mode, &world), world.now)
        case .kill(let targets): return (0, revive(targets, &world))
        case .pause(let targets):
            for node in targets { resume(node, &world) }
            return (0, world.now)
        case .leave, .wipe, .disturb: return (0, world.now)
        }
    }

    mutating func losePower(
        at node: NodeID, random: inout RandomStream, _ world: inout SimulationContext<SystemEvent>
    ) {
        observeKill(of: node, &world)
        observe(nodes[node.place].disk.losePower(random: &random), &world)
    }
}
