internal import Faults
internal import HistoryModel
internal import HistoryStore
internal import Synchronization
internal import Systems
internal import Vocabulary

/// Carries out in real time what the nemesis decides.
final class NemesisPlayer: Sendable {
    private let system: any RunningSystem
    private let clock: RunClock
    private let writer: RunWriter
    private let inbox: AsyncThrowingStream<NemesisEvent, any Error>
    private let outbox: AsyncThrowingStream<NemesisEvent, any Error>.Continuation
    private let state: Mutex<Nemesis>

    init(
        schedule: FaultSchedule, origin: Instant, loadEnd: Instant, system: any RunningSystem,
        clock: RunClock, writer: RunWriter
    ) {
        self.system = system
        self.clock = clock
        self.writer = writer
        (inbox, outbox) = AsyncThrowingStream.makeStream()
        state = Mutex(Nemesis(schedule: schedule, origin: origin, loadEnd: loadEnd))
    }

    /// The fault that is applied now.
    var current: FaultRecord? { state.withLock { $0.current } }

    /// Heals what is applied and begins nothing new; returns at once.
    func stop() { outbox.yield(.stop) }

    /// Plays the schedule to its end.
    ///
    /// - Throws: what the system or the run file throws; faults may then still be applied.
    func run() async throws {
        outbox.yield(.clock)
        try await withThrowingDiscardingTaskGroup { tasks in
            tasks.addTask { await self.watchElections() }
            for try await event in inbox {
                var effects: [NemesisEffect] = []
                let leader = system.leader()?.node
                state.withLock {
                    $0.step(event, now: clock.now(), leader: leader, effects: &effects)
                }
                for effect in effects {
                    switch effect {
                    // One after the other, since a later record of a fault replaces an earlier.
                    case .record(let record): try await writer.record(record)
                    case .finished: outbox.finish()
                    default: tasks.addTask { await self.perform(effect) }
                    }
                }
            }
            tasks.cancelAll()
        }
    }

    /// Tells the nemesis of elections, some milliseconds after they took place.
    private func watchElections() async {
        var term = system.leader()?.term
        while !Task.isCancelled {
            let seen = system.leader()?.term
            if seen != term, seen != nil { outbox.yield(.elected) }
            term = seen
            try? await Task.sleep(for: .milliseconds(10))
        }
    }

    private func perform(_ effect: NemesisEffect) async {
        do {
            if let event = try await answer(effect) { outbox.yield(event) }
        } catch is CancellationError {
            // Only a wake-up that is not needed any more.
        } catch { outbox.finish(throwing: error) }
    }

    private func answer(_ effect: NemesisEffect) async throws -> NemesisEvent? {
        switch effect {
        case .apply(let id, let actions):
            for action in actions { try await system.apply(action) }
            return .applied(id: id)
        case .probeApplied(let id, let actions):
            var proofs: [FaultRecord.Proof] = []
            for action in actions { proofs.append(await system.probeApplied(action)) }
            return .probedApplied(id: id, .all(proofs))
        case .heal(let id, let actions):
            var touched = 0
            for action in actions.reversed() { touched += try await system.heal(action) }
            return .healed(id: id, touched: touched)
        case .probeHealed(let id, let actions):
            var recoveries: [RecoveryProof] = []
            for action in actions { recoveries.append(await system.probeHealed(action)) }
            return .probedHealed(
                id: id, .all(recoveries.map(\.proof)),
                firstDelivery: recoveries.compactMap(\.firstDelivery).max())
        case .wake(let instant):
            try await Task.sleep(for: .nanoseconds(max(0, instant - clock.now())))
            return .clock
        case .record, .finished: return nil
        }
    }
}
