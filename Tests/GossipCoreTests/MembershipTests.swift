import GossipCore
import Testing
import Vocabulary

/// The promises of SWIM (2002) and Lifeguard (2018).
@Suite struct `Watching the members` {
    private func settled(
        count: Int = 12, seed: Int, defects: GossipDefects = []
    ) -> SimulatedMembers {
        var members = SimulatedMembers(count: count, seed: seed) { $0.defects = defects }
        members.run(seconds: 5)
        return members
    }

    @Test(arguments: 0..<2)
    func `nodes that know one member come to know all`(seed: Int) {
        #expect(settled(count: 30, seed: seed).agree)
    }

    @Test(arguments: 0..<2)
    func `lost messages alone bury nobody`(seed: Int) {
        var members = settled(seed: seed)
        members.lossPercent = 5
        members.run(seconds: 60)
        #expect(!members.traces.contains { $0.update.status == .dead })
        members.lossPercent = 0
        members.run(seconds: 10)
        #expect(members.agree)
    }

    @Test(arguments: 0..<2)
    func `who crashed is held dead by all, and alive again when it is back`(seed: Int) {
        var members = settled(seed: seed)
        members.isUp[4] = false
        members.run(seconds: 30)
        #expect(members.agree)
        members.restart(4)
        members.run(seconds: 15)
        #expect(members.agree)
    }

    @Test(arguments: 0..<2)
    func `two sides find each other after a long cut`(seed: Int) {
        var members = settled(seed: seed)
        for node in 0..<5 { members.side[node] = 1 }
        members.run(seconds: 40)
        #expect(members.alive[0].count == 4)
        #expect(members.alive[11].count == 6)
        members.side = members.side.map { _ in 0 }
        members.run(seconds: 30)
        #expect(members.agree)
    }

    @Test(arguments: 0..<2)
    func `who comes later is known to all, and who leaves is forgotten`(seed: Int) {
        var members = settled(seed: seed)
        members.join()
        members.run(seconds: 5)
        #expect(members.agree)
        members.step(3, .leave)
        members.isUp[3] = false
        members.run(seconds: 3)
        #expect(members.agree)
        #expect(!members.traces.contains { $0.update.status == .dead })
    }

    /// Kill the first contact: it is no special node.
    @Test func `nobody needs the first contact once all know each other`() {
        var members = settled(seed: 3)
        members.isUp[0] = false
        members.run(seconds: 30)
        #expect(members.agree)
    }

    @Test func `a suspect objects with a greater incarnation`() throws {
        var node = Membership(
            configuration: .init(id: NodeID(1), contacts: [NodeID(2)]), seed: Seed(1))
        var effects: [MembershipEffect] = []
        let rumor = MemberUpdate(node: NodeID(1), status: .suspect, incarnation: 4)
        node.step(
            .received(MembershipMessage(.ping(9), updates: [rumor]), from: NodeID(2)),
            now: .zero, effects: &effects)
        #expect(node.incarnation == 5)
        #expect(node.doubt == 1)
        let objection = MemberUpdate(node: NodeID(1), status: .alive, incarnation: 5)
        guard case .send(let answer, NodeID(2)) = try #require(effects.last) else {
            Issue.record("no answer")
            return
        }
        #expect(answer.kind == .acknowledge(9))
        #expect(answer.updates.first == objection)
    }

    /// Lifeguard, section IV-A: those that do not even say that they had no answer point to the node.
    @Test(arguments: [(0, 3), (3, 1)])
    func `a node whose helpers are silent too doubts itself`(answers: Int, doubt: Nanoseconds) {
        var node = Membership(
            configuration: .init(id: NodeID(1), contacts: []), seed: Seed(1))
        var effects: [MembershipEffect] = []
        var now = Instant.zero
        let others = (2...5).map {
            MemberUpdate(node: NodeID($0), status: .alive, incarnation: 0)
        }
        node.step(.start, now: now, effects: &effects)
        node.step(
            .received(MembershipMessage(.news, updates: others), from: NodeID(2)), now: now,
            effects: &effects)
        var said = 0
        while node.doubt == 0, now < Instant(nanoseconds: 2_000_000_000) {
            effects = []
            now = node.nextDeadline
            node.step(.tick, now: now, effects: &effects)
            for case .send(let message, let helper) in effects {
                guard case .pingRequest(let number, _) = message.kind, said < answers else {
                    continue
                }
                said += 1
                var answered: [MembershipEffect] = []
                node.step(
                    .received(MembershipMessage(.noAnswer(number)), from: helper), now: now,
                    effects: &answered)
            }
        }
        #expect(node.doubt == doubt)
    }

    /// The order of what is believed (SWIM, §4.2).
    @Test(arguments: [
        (MemberStatus.alive, 1, MemberStatus.suspect, 1, MemberStatus.suspect),
        (.suspect, 1, .alive, 1, .suspect), (.suspect, 1, .alive, 2, .alive),
        (.dead, 1, .suspect, 1, .dead), (.dead, 1, .alive, 2, .alive),
        (.alive, 2, .dead, 1, .alive), (.suspect, 1, .dead, 1, .dead),
        (.left, 1, .dead, 1, .left), (.left, 1, .alive, 1, .left),
    ])
    func `the greater incarnation counts, then the worse news`(
        first: MemberStatus, one: UInt64, second: MemberStatus, two: UInt64, held: MemberStatus
    ) {
        var node = Membership(
            configuration: .init(id: NodeID(1), contacts: []), seed: Seed(1))
        var effects: [MembershipEffect] = []
        for (status, incarnation) in [(first, one), (second, two)] {
            let update = MemberUpdate(node: NodeID(3), status: status, incarnation: incarnation)
            node.step(
                .received(MembershipMessage(.news, updates: [update]), from: NodeID(2)),
                now: .zero, effects: &effects)
        }
        #expect(node.status(of: NodeID(3)) == held)
    }

    /// Lifeguard, section IV-B: what one node suspects is not confirmed by those that pass it on.
    @Test(arguments: [[2, 2, 2, 2], [2, 3, 4, 5]])
    func `only those that probed a suspect in vain shorten its time`(accusers: [Int]) {
        var node = Membership(configuration: .init(id: NodeID(1), contacts: []), seed: Seed(1))
        var effects: [MembershipEffect] = []
        for (messenger, accuser) in zip(2..., accusers) {
            let update = MemberUpdate(
                node: NodeID(9), status: .suspect, incarnation: 0, accuser: NodeID(accuser))
            node.step(
                .received(MembershipMessage(.news, updates: [update]), from: NodeID(messenger)),
                now: .zero, effects: &effects)
        }
        let isConfirmed = Set(accusers).count > 1
        node.step(.tick, now: Instant(nanoseconds: 4_000_000_000), effects: &effects)
        #expect(node.status(of: NodeID(9)) == (isConfirmed ? .dead : .suspect))
        node.step(.tick, now: Instant(nanoseconds: 10_000_000_000), effects: &effects)
        #expect(node.status(of: NodeID(9)) == .dead)
    }

    /// Lifeguard, section IV-B: with c of k = 3 confirmations the time has fallen by log(c + 1) / log 4.
    @Test(arguments: [(1, 4_800.0), (2, 3_000), (3, 1_947), (4, 1_200)])
    func `each confirmation shortens the time of a suspect`(accusers: Int, milliseconds: Double) {
        var node = Membership(configuration: .init(id: NodeID(1), contacts: []), seed: Seed(1))
        var effects: [MembershipEffect] = []
        for accuser in 2..<(2 + accusers) {
            let update = MemberUpdate(
                node: NodeID(9), status: .suspect, incarnation: 0, accuser: NodeID(accuser))
            node.step(
                .received(MembershipMessage(.news, updates: [update]), from: NodeID(accuser)),
                now: .zero, effects: &effects)
        }
        var time = 0.0
        while node.status(of: NodeID(9)) == .suspect, time < 10_000 {
            time += 1
            node.step(
                .tick, now: Instant(nanoseconds: Nanoseconds(time * 1_000_000)), effects: &effects)
        }
        #expect(abs(time - milliseconds) < 10)
    }

    /// A slow node doubts itself rather than the others (Lifeguard, §IV-A).
    @Test(arguments: 0..<2)
    func `a slow node accuses few`(seed: Int) {
        var members = settled(seed: seed)
        members.slowness[2] = 150_000_000
        members.run(seconds: 60)
        #expect(members.nodes[2].doubt > 0)
        let dead = members.traces.filter { $0.update.status == .dead }
        #expect(!dead.contains { $0.update.node != NodeID(3) })
    }

    @Test func `an incarnation that is not raised keeps the living buried`() {
        for defects in [GossipDefects(), [.incarnationNotRaised]] {
            var members = settled(seed: 1, defects: defects)
            for node in 0..<5 { members.side[node] = 1 }
            members.run(seconds: 60)
            members.side = members.side.map { _ in 0 }
            members.run(seconds: 30)
            #expect(members.agree == (defects == []))
        }
    }

    @Test func `the traffic of a node does not grow with the members`() {
        let perNode = [10, 40].map { count in
            var members = settled(count: count, seed: 2)
            let before = members.messageCount
            members.run(seconds: 20)
            return Double(members.messageCount - before) / Double(count)
        }
        #expect(perNode[1] < 1.2 * perNode[0])
    }
}
