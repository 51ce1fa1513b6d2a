public import HistoryModel
public import Vocabulary

/// What the nemesis is told.
public enum NemesisEvent: Hashable, Sendable {
    /// Time has passed.
    case clock
    /// A node has just been elected.
    case elected
    /// The fault has been applied.
    case applied(id: Int)
    /// The fault has been healed, having touched this much.
    case healed(id: Int, touched: Int)
    /// The probe for the fault has ended.
    case probedApplied(id: Int, FaultRecord.Proof)
    /// The probe for the recovery has ended; bytes first crossed a link that had been cut then.
    case probedHealed(id: Int, FaultRecord.Proof, firstDelivery: Instant?)
    /// The run is to end early: heal what is applied and begin nothing new.
    case stop
}

/// What the nemesis wants done; each is answered by the event of the same name.
public enum NemesisEffect: Hashable, Sendable {
    /// Apply the fault, one action after the other; answered by `applied`.
    case apply(id: Int, [FaultAction])
    /// Find out whether the fault can be seen while it is applied; answered by `probedApplied`.
    case probeApplied(id: Int, [FaultAction])
    /// Undo the fault, the last action first; answered by `healed`.
    case heal(id: Int, [FaultAction])
    /// Find out whether everything works again; answered by `probedHealed`.
    case probeHealed(id: Int, [FaultAction])
    /// Keep the fault's record; later records of the same fault replace it.
    case record(FaultRecord)
    /// Call again at this time.
    case wake(at: Instant)
    /// All faults are over and nothing more will come.
    case finished
}

/// Plays a schedule: decides when which fault is applied, probed and healed, and keeps its record.
///
/// A pure value: both worlds feed it events and carry out its effects. Faults follow one another;
/// the next begins only after the last one was seen to be healed.
public struct Nemesis: Sendable {
    private enum Stage: Sendable {
        case idle
        case applying
        case probingApplied
        case holding
        case healing
        case probingHealed
        case done
    }

    private var pending: ArraySlice<PlannedFault>
    private let origin: Instant
    private let loadEnd: Instant
    private var stage = Stage.idle
    private var stopping = false
    private var planned: PlannedFault?
    private var actions: [FaultAction] = []
    private var record: FaultRecord?
    /// When the next fault begins, once the election that it waits for has taken place.
    private var triggeredAt: Instant?

    /// Makes a nemesis that plays `schedule`, whose times count from `origin`.
    ///
    /// At `loadEnd` what is applied is healed, and nothing is begun from then on: a fault without
    /// load is evidence of nothing.
    public init(schedule: FaultSchedule, origin: Instant, loadEnd: Instant) {
        pending = schedule.faults[...]
        self.origin = origin
        self.loadEnd = loadEnd
    }

    /// The fault that is applied at present, or nil.
    public var current: FaultRecord? {
        switch stage {
        case .idle, .done: nil
        default: record
        }
    }

    /// Whether all faults are over and healed.
    public var isFinished: Bool { stage == .done }

    /// Takes one event and says what is to be done.
    ///
    /// `leader` is the node that leads at this moment, if that is known; faults that are meant for
    /// the leader take it when they begin.
    public mutating func step(
        _ event: NemesisEvent, now: Instant, leader: NodeID?, effects: inout [NemesisEffect]
    ) {
        switch event {
        case .clock: break
        case .elected: noteElection(now: now)
        case .stop: stopping = true
        case .applied(let id): didApply(id, now: now, effects: &effects)
        case .probedApplied(let id, let proof): didProbeApplied(id, proof, effects: &effects)
        case .healed(let id, let touched):
            didHeal(id, touched: touched, now: now, effects: &effects)
        case .probedHealed(let id, let proof, let firstDelivery):
            didProbeHealed(id, proof, firstDelivery: firstDelivery, effects: &effects)
        }
        advance(now: now, leader: leader, effects: &effects)
    }

    private mutating func advance(
        now: Instant, leader: NodeID?, effects: inout [NemesisEffect]
    ) {
        switch stage {
        case .idle:
            guard !stopping, let next = pending.first,
                max(now, due(next)) < loadEnd
            else {
                stage = .done
                effects.append(.finished)
                return
            }
            let due = due(next)
            guard now >= due else {
                effects.append(.wake(at: due))
                return
            }
            pending.removeFirst()
            triggeredAt = nil
            begin(next, now: now, leader: leader, effects: &effects)
        case .holding:
            guard let planned, let record else { return }
            let due = min(record.start + planned.duration, loadEnd)
            guard stopping || now >= due else {
                effects.append(.wake(at: due))
                return
            }
            stage = .healing
            effects.append(.heal(id: planned.id, actions))
        case .applying, .probingApplied, .healing, .probingHealed, .done: break
        }
    }

    /// When a fault begins, by what is known now.
    private func due(_ fault: PlannedFault) -> Instant {
        let start = origin + fault.start.nanoseconds
        guard fault.afterElection != nil else { return start }
        return triggeredAt ?? start + fault.duration
    }

    private mutating func noteElection(now: Instant) {
        guard stage == .idle, triggeredAt == nil, let next = pending.first,
            let delay = next.afterElection, now >= origin + next.start.nanoseconds
        else { return }
        triggeredAt = now + delay
    }

    private mutating func begin(
        _ fault: PlannedFault, now: Instant, leader: NodeID?, effects: inout [NemesisEffect]
    ) {
        let resolved = fault.resolved(leader: leader)
        planned = fault
        actions = resolved.actions
        record = FaultRecord(
            id: fault.id, kind: fault.kind.name, summary: resolved.summary,
            nodes: resolved.nodes, links: resolved.actions.flatMap(\.cutLinks),
            effects: resolved.actions.reduce(into: []) { $0.formUnion($1.effects) }, start: now,
            touchedUnit: fault.kind.family.unit)
        stage = .applying
        // Known before it does anything, so that nothing it does is held against the system if the
        // harness ends in the middle.
        if let record { effects.append(.record(record)) }
        effects.append(.apply(id: fault.id, actions))
    }

    private mutating func didApply(
        _ id: Int, now: Instant, effects: inout [NemesisEffect]
    ) {
        guard stage == .applying, id == planned?.id, var record else { return }
        record.start = now
        self.record = record
        stage = .probingApplied
        effects.append(.record(record))
        effects.append(.probeApplied(id: id, actions))
    }

    private mutating func didProbeApplied(
        _ id: Int, _ proof: FaultRecord.Proof, effects: inout [NemesisEffect]
    ) {
        guard stage == .probingApplied, id == planned?.id, var record else { return }
        record.applied = proof
        self.record = record
        stage = .holding
        effects.append(.record(record))
    }

    private mutating func didHeal(
        _ id: Int, touched: Int, now: Instant, effects: inout [NemesisEffect]
    ) {
        guard stage == .healing, id == planned?.id, var record else { return }
        record.end = now
        record.touched = touched
        self.record = record
        stage = .probingHealed
        effects.append(.record(record))
        effects.append(.probeHealed(id: id, actions))
    }

    private mutating func didProbeHealed(
        _ id: Int, _ proof: FaultRecord.Proof, firstDelivery: Instant?,
        effects: inout [NemesisEffect]
    ) {
        guard stage == .probingHealed, id == planned?.id, var record else { return }
        record.healed = proof
        record.firstDelivery = firstDelivery
        self.record = record
        stage = .idle
        effects.append(.record(record))
    }
}
