import Faults
import HistoryModel
import RaftCore
import Testing
import Vocabulary
import Workloads

@testable import Simulator

@Suite struct `Parts of the simulated world` {
    @Test func `the queue hands out by time, then by arrival`() {
        var queue = EventQueue<Int>()
        var random = Seed(1).stream("test")
        var expected: [(time: Int64, order: Int)] = []
        for order in 0..<2_000 {
            let time = Int64.random(in: 0..<100, using: &random)
            queue.push(order, at: Instant(nanoseconds: time))
            expected.append((time, order))
        }
        expected.sort { ($0.time, $0.order) < ($1.time, $1.order) }
        var popped: [Int] = []
        while let (_, element) = queue.pop() { popped.append(element) }
        #expect(popped == expected.map(\.order))
        #expect(queue.nextTime == .distantFuture)
    }

    @Test(arguments: [-5_000, -1, 0, 1, 200, 5_000])
    func `a clock never goes back and shows a deadline no sooner than it is`(drift: Int) {
        let clock = NodeClock(offset: -300_000_000, driftPPM: drift)
        var last = clock.reading(at: .zero)
        for step in 1...20_000 as ClosedRange<Int64> {
            let reading = clock.reading(at: Instant(nanoseconds: step * 77_777))
            #expect(reading >= last)
            last = reading
        }
        for deadline in stride(from: Int64(0), to: 3_000_000_000, by: 1_234_567) {
            let time = clock.time(of: Instant(nanoseconds: deadline))
            #expect(clock.reading(at: time) >= Instant(nanoseconds: deadline))
            #expect(clock.reading(at: time + -3_000) <= Instant(nanoseconds: deadline))
        }
    }

    private func entry(_ term: Int) -> LogEntry { LogEntry(term: Term(term), payload: .noOp) }

    @Test func `a disk keeps what was synced and a prefix of the rest`() {
        var random = Seed(2).stream("test")
        var seen: Set<Int> = []
        for _ in 0..<200 {
            var disk = SimulatedDisk()
            disk.append([entry(1)])
            disk.sync(SyncToken(1))
            disk.append([entry(2), entry(3)])
            disk.sync(SyncToken(2))
            disk.append([entry(4)])
            disk.completeLog(SyncToken(1))
            let loss = disk.losePower(random: &random)
            let log = disk.state.log
            let kept = log.lastIndex.rawValue
            seen.insert(kept)
            #expect(
                (1...kept).compactMap { log.term(at: LogIndex($0))?.rawValue }
                    == Array(1...kept))
            #expect(loss.unsyncedEntries == 3)
            #expect(loss.lostEntries == 4 - kept)
            #expect(loss.isTorn == (kept == 2))
        }
        #expect(seen == [1, 2, 3, 4])
    }

    @Test func `a disk loses a vote that was not synced, or keeps it`() {
        var random = Seed(3).stream("test")
        var votes: Set<NodeID?> = []
        for _ in 0..<50 {
            var disk = SimulatedDisk()
            disk.save(HardState(term: Term(1), vote: NodeID(1)), SyncToken(1))
            disk.completeHardState(SyncToken(1))
            disk.save(HardState(term: Term(2), vote: NodeID(2)), SyncToken(2))
            let loss = disk.losePower(random: &random)
            votes.insert(disk.state.hardState.vote)
            #expect(loss.lostHardState == (disk.state.hardState.term == Term(1)))
        }
        #expect(votes == [NodeID(1), NodeID(2)])
    }

    private let link = DirectedLink(from: NodeID(1), to: NodeID(2))

    private func network(
        _ change: (inout NetworkConditions) -> Void = { _ in }
    ) -> SimulatedNetwork<Int> {
        var conditions = NetworkConditions()
        change(&conditions)
        return SimulatedNetwork(nodes: 2, conditions: conditions, seed: Seed(4))
    }

    @Test func `a network loses, repeats and delays as it is told`() {
        var network = network {
            $0.lossPerMille = 100
            $0.duplicatePerMille = 200
            $0.slowPerMille = 0
        }
        var copies = [0, 0, 0]
        for step in 0..<5_000 as Range<Int64> {
            let now = Instant(nanoseconds: step * 1_000_000)
            let arrivals = network.arrivals(on: link, now: now).all
            copies[arrivals.count] += 1
            for arrival in arrivals { #expect((200_000...2_000_000).contains(arrival - now)) }
        }
        #expect((400...600).contains(copies[0]))
        #expect((850...1_150).contains(copies[2]))
    }

    @Test func `a fault loses, doubles and delays datagrams, and spares connections`() {
        var conditions = DatagramConditions()
        conditions.lossPerMille = 100
        conditions.duplicatePerMille = 200
        conditions.latePerMille = 300
        conditions.lateness = 50_000_000...60_000_000
        var network = network {
            ($0.lossPerMille, $0.duplicatePerMille, $0.slowPerMille) = (0, 0, 0)
        }
        network.disturb([link], conditions)
        #expect(network.isDisturbed(link))
        var copies = [0, 0, 0]
        var late = 0
        for step in 0..<5_000 as Range<Int64> {
            let now = Instant(nanoseconds: step * 1_000_000)
            let arrivals = network.arrivals(on: link, now: now).all
            copies[arrivals.count] += 1
            late += arrivals.count { $0 - now > 50_000_000 }
            #expect(network.arrivals(on: link, now: now, isStream: true).all.count == 1)
        }
        #expect((400...600).contains(copies[0]))
        #expect((800...1_000).contains(copies[2]))
        #expect((1_500...1_800).contains(late))
        let touched = network.calm([link], conditions)
        #expect((2_400...2_700).contains(touched), "\(touched)")
        #expect(!network.isDisturbed(link))
        #expect(network.arrivals(on: link, now: .zero).all.count == 1)
        network.disturb([link], conditions)
        #expect(network.calm([link], conditions) == 0)
    }

    @Test func `a network that keeps the order does so`() {
        var network = network {
            $0.reorders = false
            $0.slowPerMille = 200
        }
        var last = Instant.zero
        for step in 0..<2_000 as Range<Int64> {
            let now = Instant(nanoseconds: step * 100_000)
            for arrival in network.arrivals(on: link, now: now).all {
                #expect(arrival > last)
                last = arrival
            }
        }
    }

    @Test(arguments: [true, false])
    func `a cut holds messages until the last fault lets go`(resumes: Bool) {
        var network = network()
        network.cut([link])
        network.cut([link])
        for number in 1...3 {
            #expect(network.deliver(number, on: link, now: .zero) == .held)
        }
        #expect(network.heal([link], resumes: true, now: .zero).released.isEmpty)
        #expect(network.isCut(link))
        let (held, released) = network.heal([link], resumes: resumes, now: .zero)
        #expect(held == 3)
        #expect(released.map(\.message) == (resumes ? [1, 2, 3] : []))
        #expect(network.deliver(4, on: link, now: .zero) == .delivered)
        #expect(network.firstDelivery(on: [link]) == .zero)
    }

    @Test func `chance depends on the moment alone`() {
        var one = TimedRandom(Seed(5), "x")
        var other = TimedRandom(Seed(5), "x")
        let early = Instant(nanoseconds: 10)
        let late = Instant(nanoseconds: 20)
        _ = one.stream(at: early)
        #expect(one.stream(at: late) == other.stream(at: late))
        #expect(one.stream(at: late) != other.stream(at: early))
    }
}

extension SimulatedNetwork.Arrivals {
    /// One for each copy.
    fileprivate var all: [Instant] { [first, second].compactMap(\.self) }
}
