internal import Faults
internal import HistoryModel
internal import RaftCore
internal import Vocabulary

// Breaking the simulated Raft store, and mending it.

extension SimulatedRaft {
    mutating func apply(_ action: FaultAction, _ world: inout Surroundings<Happening>) {
        switch action {
        case .cut(let links, _):
            observeCut(links, &world)
            network.cut(links)
        case .kill(let targets): for node in targets { kill(node, &world) }
        case .pause(let targets): for node in targets { nodes[node.place].machine.pauses += 1 }
        // Its members are fixed: then the fault is not seen, and the run says so.
        case .leave, .wipe: break
        }
    }

    mutating func heal(
        _ action: FaultAction, _ world: inout Surroundings<Happening>
    ) -> (touched: Int, runsAt: Instant) {
        switch action {
        case .cut(let links, let mode): return (mend(links, mode, &world), world.now)
        case .kill(let targets): return (targets.count, revive(targets, &world))
        case .pause(let targets):
            for node in targets { resume(node, &world) }
            return (targets.count, world.now)
        case .leave, .wipe: return (0, world.now)
        }
    }

    mutating func losePower(
        at node: NodeID, random: inout RandomStream, _ world: inout Surroundings<Happening>
    ) {
        observeKill(of: node, &world)
        observe(nodes[node.place].disk.losePower(random: &random), &world)
    }
}
