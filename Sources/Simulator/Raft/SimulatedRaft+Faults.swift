internal import Faults
internal import HistoryModel
internal import RaftCore
internal import Vocabulary

// Breaking the simulated store, and mending it.

extension SimulatedRaft {
    /// How long a process takes to start.
    private static let bootLength: ClosedRange<Nanoseconds> = 5_000_000...50_000_000

    mutating func apply(_ action: FaultAction, _ world: inout Surroundings<RaftHappening>) {
        switch action {
        case .cut(let links, _):
            observeCut(links, &world)
            network.cut(links)
        case .kill(let targets): for node in targets { kill(node, &world) }
        case .pause(let targets): for node in targets { nodes[node.place].pauses += 1 }
        case .leave, .wipe: break
        }
    }

    mutating func heal(
        _ action: FaultAction, _ world: inout Surroundings<RaftHappening>
    ) -> (touched: Int, runsAt: Instant) {
        switch action {
        case .cut(let links, let mode):
            let (held, released) = network.heal(links, resumes: mode == .resume, now: world.now)
            for letter in released {
                world.schedule(.letter(letter.message), at: letter.at)
                world.coverage.hit(.releasedLate)
            }
            return (held, world.now)
        case .kill(let targets):
            var ready = world.now
            for node in targets {
                nodes[node.place].kills -= 1
                guard nodes[node.place].kills == 0 else { continue }
                var random = chance.stream(at: world.now)
                let boot = world.now + .random(in: Self.bootLength, using: &random)
                world.schedule(.restart(node), at: boot)
                ready = max(ready, boot)
            }
            return (targets.count, ready + 1)
        case .pause(let targets):
            for node in targets { resume(node, &world) }
            return (targets.count, world.now)
        case .leave, .wipe: return (0, world.now)
        }
    }

    mutating func calmDown() { network.calmDown() }

    func missing(ofApplied action: FaultAction) -> String? {
        switch action {
        case .cut(let links, _):
            links.first { !network.isCut($0) }.map { "\($0.from) still reaches \($0.to)" }
        case .kill(let targets):
            targets.first { nodes[$0.place].isUp }.map { "\($0) still runs" }
        case .pause(let targets):
            targets.first { !nodes[$0.place].isPaused }.map { "\($0) is not paused" }
        case .leave, .wipe: "the members of a Raft cluster are fixed"
        }
    }

    /// What another fault still cuts, kills or stops is not held against this one.
    func missing(ofHealed action: FaultAction) -> String? {
        switch action {
        case .cut(let links, _):
            links.first { !network.isCut($0) && network.holdsMessages($0) }
                .map { "\($0.from) does not reach \($0.to)" }
        case .kill(let targets):
            targets.first { !nodes[$0.place].isUp && nodes[$0.place].kills == 0 }
                .map { "\($0) does not run" }
        case .pause(let targets):
            targets.first { !nodes[$0.place].isPaused && !nodes[$0.place].backlog.isEmpty }
                .map { "\($0) does not go on" }
        case .leave, .wipe: nil
        }
    }

    private mutating func kill(_ node: NodeID, _ world: inout Surroundings<RaftHappening>) {
        nodes[node.place].kills += 1
        guard nodes[node.place].isUp else { return }
        observeKill(of: node, &world)
        var random = chance.stream(at: world.now)
        let loss = nodes[node.place].losePower(random: &random)
        if Bool.random(using: &random) {
            nodes[node.place].mutedIncarnation = nodes[node.place].incarnation
        }
        observe(loss, &world)
        disconnectClients(of: node, &world)
    }

    mutating func restart(_ node: NodeID, _ world: inout Surroundings<RaftHappening>) {
        guard !nodes[node.place].isUp, nodes[node.place].kills == 0 else { return }
        nodes[node.place].boot()
        step(node, .start, &world)
    }

    private mutating func resume(_ node: NodeID, _ world: inout Surroundings<RaftHappening>) {
        nodes[node.place].pauses -= 1
        guard !nodes[node.place].isPaused, nodes[node.place].isUp else { return }
        observeResume(of: node, &world)
        let backlog = nodes[node.place].backlog
        nodes[node.place].backlog = []
        // Whether a process first sees its clock or its mail when it wakes up is chance.
        var random = chance.stream(at: world.now)
        if Bool.random(using: &random) { step(node, .tick, &world) }
        for event in backlog { step(node, event, &world) }
        step(node, .tick, &world)
        connectWaiting(to: node, &world)
    }
}
