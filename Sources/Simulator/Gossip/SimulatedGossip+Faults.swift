internal import Faults
internal import GossipCore
internal import Vocabulary

// Breaking the simulated gossip store, and mending it.

extension SimulatedGossip {
    mutating func apply(_ action: FaultAction, _ world: inout SimulationContext<SystemEvent>) -> Int
    {
        switch action {
        case .cut(let links, _):
            network.cut(links)
            return 0
        case .kill(let targets): return targets.count { kill($0, &world) }
        case .pause(let targets): return targets.count { nodes[$0.place].host.pause() }
        case .leave(let targets):
            return targets.count { node in
                step(node, .leave, &world)
                world.coverage.hit(.left)
                return wipe(node, &world)
            }
        case .wipe(let targets): return targets.count { wipe($0, &world) }
        case .disturb(let links, let conditions):
            network.disturb(links, conditions)
            return 0
        }
    }

    /// Kills a node, and makes it another one: with an empty disk, and a name of its own for its writes.
    ///
    /// Returns whether it ran.
    private mutating func wipe(_ node: NodeID, _ world: inout SimulationContext<SystemEvent>)
        -> Bool
    {
        nodes[node.place].host.kills += 1
        let ran = nodes[node.place].host.isUp
        if ran {
            nodes[node.place].host.stop()
            disconnectClients(of: node, &world)
        }
        nodes[node.place].host.generation += 1
        nodes[node.place].disk.wipe()
        world.coverage.hit(.wiped)
        return ran
    }

    mutating func heal(
        _ action: FaultAction, _ world: inout SimulationContext<SystemEvent>
    ) -> (held: Int, runsAt: Instant) {
        switch action {
        case .cut(let links, let mode):
            if Set(nodes.filter(\.host.isUp).map(\.process.store.stateHash)).count > 1 {
                world.coverage.hit(.diverged)
            }
            return (mend(links, mode, &world), world.now)
        case .kill(let targets), .leave(let targets), .wipe(let targets):
            return (0, revive(targets, &world))
        case .pause(let targets):
            for node in targets { resume(node, &world) }
            return (0, world.now)
        case .disturb(let links, let conditions):
            return (network.calm(links, conditions), world.now)
        }
    }

    mutating func losePower(
        at node: NodeID, random: inout RandomStream, _ world: inout SimulationContext<SystemEvent>
    ) {
        let loss = nodes[node.place].disk.losePower(random: &random)
        if loss.unsyncedRecords > 0 { world.coverage.hit(.killedBeforeSync) }
        if loss.lostRecords > 0 { world.coverage.hit(.lostEntries) }
        if loss.isTorn { world.coverage.hit(.torn) }
    }

    func observeResume(of node: NodeID, _ world: inout SimulationContext<SystemEvent>) {
        if !nodes[node.place].host.backlog.isEmpty { world.coverage.hit(.resumedWithMessages) }
    }
}
