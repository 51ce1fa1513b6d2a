import Testing
import Vocabulary

@testable import Faults

@Suite struct FaultScheduleTests {
    let nodes = (1...5).map { NodeID($0) }

    private func schedule(
        seed: UInt64, seconds: Nanoseconds = 60, kinds: [FaultKind] = FaultKind.all
    ) -> FaultSchedule {
        var random = Seed(seed).stream("faults")
        return FaultSchedule.drawn(
            kinds: kinds, nodes: nodes, length: seconds * 1_000_000_000, random: &random)
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func `sixty seconds have room for every ordinary kind of fault`(seed: UInt64) {
        let kinds = schedule(seed: seed, kinds: FaultKind.ordinary).faults.map(\.kind)
        #expect(Set(kinds) == Set(FaultKind.ordinary))
    }

    @Test func `how many datagrams are touched is drawn, and for nothing else`() {
        let faults = schedule(seed: 3, seconds: 600).faults
        for fault in faults where fault.kind.family != .datagrams {
            #expect(fault.perMille == PlannedFault.perMilleDefault)
        }
        let shares = Set(faults.filter { $0.kind.family == .datagrams }.map(\.perMille))
        #expect(shares.count > 5 && shares.allSatisfy { (100...500).contains($0) })
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func `no kind comes again before every other has come`(seed: UInt64) {
        let kinds = schedule(seed: seed, seconds: 600).faults.map(\.kind)
        let bag = FaultKind.all.count
        for start in stride(from: 0, to: kinds.count - bag, by: bag) {
            #expect(Set(kinds[start..<(start + bag)]).count == bag)
        }
    }

    @Test(arguments: 0..<50 as Range<UInt64>, [1, 5, 13, 60, 3600] as [Nanoseconds])
    func `faults follow one another and end before the load does`(
        seed: UInt64, seconds: Nanoseconds
    ) {
        var last = Instant.zero
        for fault in schedule(seed: seed, seconds: seconds).faults {
            #expect(fault.start > last)
            last = fault.start + fault.duration
        }
        #expect(last <= .zero + seconds * 1_000_000_000)
    }

    @Test func `equal seeds draw equal schedules and others differ`() {
        #expect(schedule(seed: 7) == schedule(seed: 7))
        #expect(schedule(seed: 7) != schedule(seed: 8))
    }

    @Test func `kinds that do nothing in so small a cluster are not drawn`() {
        var random = Seed(1).stream("faults")
        let schedule = FaultSchedule.drawn(
            kinds: FaultKind.all, nodes: [NodeID(1)], length: 60_000_000_000,
            random: &random)
        #expect(schedule.faults.allSatisfy { $0.kind.nodesMin == 1 })
        #expect(!schedule.faults.isEmpty)
    }

    @Test func `no kinds make an empty schedule`() {
        #expect(schedule(seed: 1, kinds: []).faults.isEmpty)
    }
}
