import HistoryModel
import Testing
import Vocabulary

@testable import Faults

@Suite struct NemesisTests {
    private let nodes = (1...3).map { NodeID($0) }

    private func instant(_ milliseconds: Int64) -> Instant {
        Instant(nanoseconds: milliseconds * 1_000_000)
    }

    private func nemesis(_ starts: [Int64]) -> Nemesis {
        let faults = starts.enumerated().map { position, start in
            PlannedFault(
                id: position + 1, kind: .killOne, start: instant(start),
                duration: 100_000_000, order: nodes)
        }
        return Nemesis(
            schedule: FaultSchedule(faults: faults), origin: instant(1_000),
            loadEnd: instant(3_000))
    }

    private func step(
        _ nemesis: inout Nemesis, _ event: NemesisEvent, at time: Int64
    ) -> [NemesisEffect] {
        var effects: [NemesisEffect] = []
        nemesis.step(event, now: instant(time), leader: nil, effects: &effects)
        return effects
    }

    @Test func `a fault is applied, probed, held, healed and probed again`() throws {
        var nemesis = nemesis([500])
        let actions = [FaultAction.kill([NodeID(1)])]
        #expect(step(&nemesis, .clock, at: 1_000) == [.wake(at: instant(1_500))])
        let begun = step(&nemesis, .clock, at: 1_500)
        guard case .record(let beginning) = begun.first else {
            Issue.record("a fault is applied before it is recorded")
            return
        }
        #expect(beginning.start == instant(1_500))
        #expect(beginning.applied == .notTried)
        #expect(begun.dropFirst() == [.apply(id: 1, actions)])
        let applied = step(&nemesis, .applied(id: 1), at: 1_510)
        #expect(applied.last == .probeApplied(id: 1, actions))
        let held = step(&nemesis, .probedApplied(id: 1, .seen(at: instant(1_520))), at: 1_520)
        #expect(held.last == .wake(at: instant(1_610)))
        #expect(step(&nemesis, .clock, at: 1_610) == [.heal(id: 1, actions)])
        let healed = step(&nemesis, .healed(id: 1, touched: 1), at: 1_700)
        #expect(healed.last == .probeHealed(id: 1, actions))
        let done = step(
            &nemesis,
            .probedHealed(id: 1, .seen(at: instant(1_710)), firstDelivery: nil), at: 1_710)
        #expect(done.last == .finished)
        guard case .record(let record) = done.first else {
            Issue.record("no record")
            return
        }
        #expect(record.start == instant(1_510))
        #expect(record.end == instant(1_700))
        #expect(record.touched == 1)
        #expect(record.applied == .seen(at: instant(1_520)))
        #expect(record.healed == .seen(at: instant(1_710)))
    }

    @Test func `the next fault waits until the last was seen to be healed`() {
        var nemesis = nemesis([0, 10])
        _ = step(&nemesis, .clock, at: 1_000)
        _ = step(&nemesis, .applied(id: 1), at: 1_000)
        _ = step(&nemesis, .probedApplied(id: 1, .notTried), at: 1_000)
        _ = step(&nemesis, .clock, at: 1_100)
        #expect(step(&nemesis, .clock, at: 2_000).isEmpty)
        _ = step(&nemesis, .healed(id: 1, touched: 1), at: 2_000)
        let next = step(
            &nemesis, .probedHealed(id: 1, .notTried, firstDelivery: nil), at: 2_100)
        #expect(next.last == .apply(id: 2, [.kill([NodeID(1)])]))
    }

    @Test func `stopping heals at once and begins nothing new`() {
        var nemesis = nemesis([0, 10])
        _ = step(&nemesis, .clock, at: 1_000)
        _ = step(&nemesis, .applied(id: 1), at: 1_000)
        _ = step(&nemesis, .probedApplied(id: 1, .notTried), at: 1_000)
        #expect(step(&nemesis, .stop, at: 1_010) == [.heal(id: 1, [.kill([NodeID(1)])])])
        _ = step(&nemesis, .healed(id: 1, touched: 1), at: 1_020)
        let end = step(&nemesis, .probedHealed(id: 1, .notTried, firstDelivery: nil), at: 1_030)
        #expect(end.last == .finished)
        #expect(nemesis.isFinished)
    }

    @Test func `at the end of the load a fault is healed and none is begun`() {
        var nemesis = nemesis([1_950, 1_990])
        _ = step(&nemesis, .clock, at: 2_950)
        _ = step(&nemesis, .applied(id: 1), at: 2_950)
        let held = step(&nemesis, .probedApplied(id: 1, .notTried), at: 2_960)
        #expect(held.last == .wake(at: instant(3_000)))
        _ = step(&nemesis, .clock, at: 3_000)
        _ = step(&nemesis, .healed(id: 1, touched: 1), at: 3_010)
        let end = step(&nemesis, .probedHealed(id: 1, .notTried, firstDelivery: nil), at: 3_020)
        #expect(end.last == .finished)
    }

    @Test func `an empty schedule is finished at once`() {
        var nemesis = nemesis([])
        #expect(step(&nemesis, .clock, at: 0) == [.finished])
    }
}
