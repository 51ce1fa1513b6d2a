internal import Faults
internal import HistoryModel
internal import Vocabulary

// Breaking a simulated store, and mending it.

extension SimulatedStore {
    /// Kills a node, unless it is dead already; returns whether it ran.
    mutating func kill(_ node: NodeID, _ world: inout SimulationContext<SystemEvent>) -> Bool {
        nodes[node.place].host.kills += 1
        guard nodes[node.place].host.isUp else { return false }
        var random = chance.stream(at: world.now)
        losePower(at: node, random: &random, &world)
        nodes[node.place].host.stop()
        if Bool.random(using: &random) {
            nodes[node.place].host.mutedIncarnation = nodes[node.place].host.incarnation
        }
        disconnectClients(of: node, &world)
        return true
    }

    /// Lets go of nodes that a fault killed; says when the last one that nothing else keeps down runs.
    mutating func revive(
        _ targets: [NodeID], _ world: inout SimulationContext<SystemEvent>
    ) -> Instant {
        var ready = world.now
        for node in targets {
            nodes[node.place].host.kills -= 1
            guard nodes[node.place].host.kills == 0 else { continue }
            var random = chance.stream(at: world.now)
            // How long a process takes to start.
            let boot = world.now + .random(in: 5_000_000...50_000_000, using: &random)
            nodes[node.place].host.isBooting = true
            world.schedule(.restart(node), at: boot)
            ready = max(ready, boot)
        }
        return ready + 1
    }

    mutating func restart(_ node: NodeID, _ world: inout SimulationContext<SystemEvent>) {
        guard !nodes[node.place].host.isUp, nodes[node.place].host.kills == 0 else { return }
        nodes[node.place].host.start()
        nodes[node.place].boot()
        step(node, Node.startEvent, &world)
    }

    mutating func resume(_ node: NodeID, _ world: inout SimulationContext<SystemEvent>) {
        nodes[node.place].host.pauses -= 1
        guard !nodes[node.place].host.isPaused, nodes[node.place].host.isUp else { return }
        observeResume(of: node, &world)
        let backlog = nodes[node.place].host.backlog
        nodes[node.place].host.backlog = []
        // Whether a process first sees its clock or its mail when it wakes up is chance.
        var random = chance.stream(at: world.now)
        if Bool.random(using: &random) { step(node, Node.tickEvent, &world) }
        for event in backlog { step(node, event, &world) }
        step(node, Node.tickEvent, &world)
        connectWaiting(to: node, &world)
    }

    mutating func mend(
        _ links: [DirectedLink], _ mode: HealMode, _ world: inout SimulationContext<SystemEvent>
    ) -> Int {
        let (held, released) = network.heal(links, resumes: mode == .resume, now: world.now)
        for delivery in released {
            world.schedule(.delivery(delivery.message), at: delivery.at)
            world.coverage.hit(.releasedLate)
        }
        return held
    }

    func missing(ofApplied action: FaultAction) -> String? {
        switch action {
        case .cut(let links, _):
            links.first { !network.isCut($0) }.map { "\($0.from) still reaches \($0.to)" }
        case .kill(let targets), .leave(let targets), .wipe(let targets):
            targets.first { nodes[$0.place].host.isUp }.map { "\($0) still runs" }
        case .pause(let targets):
            targets.first { !nodes[$0.place].host.isPaused }.map { "\($0) is not paused" }
        case .disturb(let links, _):
            links.first { !network.isDisturbed($0) }
                .map { "nothing happens to datagrams from \($0.from) to \($0.to)" }
        }
    }

    /// What another fault still cuts, kills or stops, or has just let go of, is not held against this one.
    func missing(ofHealed action: FaultAction) -> String? {
        switch action {
        case .cut(let links, _):
            links.first { !network.isCut($0) && network.holdsMessages($0) }
                .map { "\($0.from) does not reach \($0.to)" }
        case .kill(let targets), .leave(let targets), .wipe(let targets):
            targets.first {
                let host = nodes[$0.place].host
                return !host.isUp && host.kills == 0 && !host.isBooting
            }.map { "\($0) does not run" }
        case .pause(let targets):
            targets.first {
                !nodes[$0.place].host.isPaused && !nodes[$0.place].host.backlog.isEmpty
            }.map { "\($0) does not go on" }
        // What another fault does to them is not held against this one.
        case .disturb: nil
        }
    }
}
