internal import Checkers
internal import Faults
internal import HistoryModel
internal import Interpreter
internal import Vocabulary
internal import Workloads

/// One run in virtual time: the same interpreter, workload, nemesis and nodes as in the real world,
/// driven by one queue of events.
///
/// No threads, no clock, and no chance but that of the seed: equal configurations give equal runs.
struct World<System: SimulatedSystem>: Sendable {
    private struct Lane: Sendable {
        var nemesis: Nemesis
        var wakeAt = Instant.distantFuture
        var isOver = false
    }

    private let configuration: RunConfiguration
    /// How long the load and all that follows take at most; asked after every event.
    private let plannedLength: Nanoseconds
    private var system: System
    private var context = SimulationContext<System.SystemEvent>()
    private var interpreter: Interpreter
    /// One for each lane of faults; see `FaultSchedule.lanes`.
    private var lanes: [Lane] = []
    /// When the load began.
    private var origin: Instant?
    private var interpreterWakeAt = Instant.distantFuture
    private var faultsEndedAt: Instant?
    private var workloadEndedAt: Instant?
    private var events: [Event] = []
    private var faults: [FaultRecord] = []
    /// How many nodes each fault stopped that ran before.
    private var stopped: [Int: Int] = [:]
    private var steps = 0
    private var interpreterEffects: [InterpreterEffect] = []

    init(_ configuration: RunConfiguration, system: System.Type) {
        self.configuration = configuration
        plannedLength =
            configuration.timeLimit + configuration.settling + configuration.recoveryLimit
        self.system = System(configuration)
        interpreter = Interpreter(
            source: configuration.generator,
            concurrency: configuration.concurrency, seed: Seed(configuration.seed))
    }

    /// How long the system may take until it is ready for the load.
    private static var startLimit: Instant { Instant(nanoseconds: 15_000_000_000) }
    /// How long the first message over a healed link is waited for.
    private static var deliveryLength: Nanoseconds { 20_000_000 }
    /// After which time beyond its planned end a run is broken off.
    private static var graceLength: Nanoseconds { 60_000_000_000 }

    mutating func run() -> SimulatedRun {
        system.start(&context)
        context.schedule(.startLimit, at: Self.startLimit)
        while !isOver, let event = context.next() {
            steps += 1
            perform(event)
            if origin == nil, system.isReady { beginLoad() }
            if context.hasElection { tellElection() }
            if !context.completions.isEmpty { stepInterpreter() }
        }
        return result()
    }

    private var isOver: Bool {
        if workloadEndedAt != nil, faultsEndedAt != nil { return true }
        return context.now > (origin ?? .zero) + plannedLength + Self.graceLength
    }

    private mutating func perform(_ event: WorldEvent<System.SystemEvent>) {
        switch event {
        case .system(let event): system.perform(event, &context)
        case .interpreter:
            guard context.now >= interpreterWakeAt else { return }
            interpreterWakeAt = .distantFuture
            stepInterpreter()
        case .nemesis(let lane, .clock):
            guard context.now >= lanes[lane].wakeAt else { return }
            lanes[lane].wakeAt = .distantFuture
            stepNemesis(of: lane, .clock)
        case .nemesis(let lane, let event): stepNemesis(of: lane, event)
        case .recoveryProbe(let lane, let id, let actions):
            let missing = actions.lazy.compactMap(system.missing(ofHealed:)).first
            let delivery = actions.compactMap(system.firstDelivery(afterHealOf:)).max()
            stepNemesis(
                of: lane, .probedHealed(id: id, proof(missing: missing), firstDelivery: delivery))
        case .startLimit: if origin == nil { beginLoad() }
        case .loadEnd: system.endDisturbances()
        }
    }

    private mutating func beginLoad() {
        let now = context.now
        origin = now
        lanes = configuration.effectiveSchedule.lanes.map { schedule in
            Lane(
                nemesis: Nemesis(
                    schedule: schedule, origin: now, loadEnd: now + configuration.timeLimit))
        }
        context.schedule(.loadEnd, at: now + configuration.timeLimit)
        for lane in lanes.indices { stepNemesis(of: lane, .clock) }
        endFaultsIfOver()
        stepInterpreter()
    }

    // MARK: - Load

    private mutating func stepInterpreter() {
        guard workloadEndedAt == nil else { return context.completions.removeAll() }
        var completions: [Completion] = []
        swap(&completions, &context.completions)
        interpreter.step(
            completions: completions, now: context.now, faultsOver: faultsEndedAt != nil,
            effects: &interpreterEffects)
        var effects: [InterpreterEffect] = []
        swap(&effects, &interpreterEffects)
        for effect in effects { perform(effect) }
        effects.removeAll(keepingCapacity: true)
        swap(&effects, &interpreterEffects)
    }

    private mutating func perform(_ effect: InterpreterEffect) {
        switch effect {
        case .record(let event):
            context.hash.fold(event)
            if event.type == .info { context.coverage.hit(.unknownOutcome) }
            events.append(event)
        case .invoke(let invocation): system.submit(invocation, &context)
        case .wake(let instant):
            guard instant < interpreterWakeAt else { return }
            interpreterWakeAt = instant
            context.schedule(.interpreter, at: instant)
        case .finished: workloadEndedAt = context.now
        }
    }

    // MARK: - Faults

    private mutating func stepNemesis(of lane: Int, _ event: NemesisEvent) {
        var effects: [NemesisEffect] = []
        lanes[lane].nemesis.step(
            event, now: context.now, leader: system.leader, effects: &effects)
        for effect in effects { perform(effect, of: lane) }
    }

    private mutating func tellElection() {
        context.hasElection = false
        for lane in lanes.indices { stepNemesis(of: lane, .elected) }
    }

    private mutating func perform(_ effect: NemesisEffect, of lane: Int) {
        let now = context.now
        switch effect {
        case .apply(let id, let actions):
            stopped[id] = actions.reduce(0) { $0 + system.apply($1, &context) }
            context.schedule(.nemesis(lane: lane, .applied(id: id)), at: now)
        case .probeApplied(let id, let actions):
            let missing = actions.lazy.compactMap(system.missing(ofApplied:)).first
            let proof = proof(missing: missing)
            context.schedule(
                .nemesis(lane: lane, .probedApplied(id: id, proof)), at: now)
        case .heal(let id, let actions):
            let healed = actions.reversed().map { system.heal($0, &context) }
            let held = healed.reduce(0) { $0 + $1.held }
            context.schedule(
                .nemesis(lane: lane, .healed(id: id, touched: held + (stopped[id] ?? 0))),
                at: healed.map(\.runsAt).max() ?? now)
        case .probeHealed(let id, let actions):
            context.schedule(
                .recoveryProbe(lane: lane, id: id, actions), at: now + Self.deliveryLength)
        case .wake(let instant):
            guard instant < lanes[lane].wakeAt else { return }
            lanes[lane].wakeAt = instant
            context.schedule(.nemesis(lane: lane, .clock), at: instant)
        case .record(let record): keep(record)
        case .finished:
            lanes[lane].isOver = true
            endFaultsIfOver()
        }
    }

    private mutating func endFaultsIfOver() {
        guard lanes.allSatisfy(\.isOver), faultsEndedAt == nil else { return }
        faultsEndedAt = context.now
        stepInterpreter()
    }

    private func proof(missing: String?) -> FaultRecord.Proof {
        missing.map { .missing($0) } ?? .seen(at: context.now)
    }

    /// A later record of a fault replaces an earlier one.
    private mutating func keep(_ record: FaultRecord) {
        var record = record
        if !record.links.isEmpty { record.touchedUnit = "messages held" }
        if let place = faults.lastIndex(where: { $0.id == record.id }) {
            faults[place] = record
        } else {
            faults.append(record)
        }
    }

    // MARK: - The end

    private mutating func result() -> SimulatedRun {
        for fault in faults { context.hash.fold(fault) }
        let end = workloadEndedAt ?? context.now
        let start = origin ?? end
        let loadEnd = min(start + configuration.timeLimit, end)
        let recovery = max(loadEnd, faultsEndedAt ?? loadEnd)
        let isFinished = workloadEndedAt != nil && faultsEndedAt != nil
        return SimulatedRun(
            record: RunRecord(
                history: History(events: events), faults: faults,
                phases: [RunPhase(name: RunPhase.load, start: start, end: loadEnd)]
                    + (faultsEndedAt == nil
                        ? []
                        : [
                            RunPhase(
                                name: RecoveryChecker.phase, start: min(recovery, end), end: end)
                        ]),
                traces: context.traces,
                notices: isFinished ? [] : ["the simulated run did not come to its end in time"],
                finished: isFinished),
            traceHash: context.hash.text, coverage: context.coverage, steps: steps,
            length: context.now - .zero)
    }
}
