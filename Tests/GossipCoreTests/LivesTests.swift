import GossipCore
import Testing
import Vocabulary

/// A node that has lost its store takes no mail that was meant for its earlier self.
@Suite struct `Mail for an earlier life` {
    /// Node 1 in its second life, and node 2 in its first.
    private var nodes: [GossipProcess]
    private var traces: [GossipTraceEvent] = []

    init() { nodes = Self.make() }

    private static func make(defects: GossipDefects = []) -> [GossipProcess] {
        let ids = [NodeID(1), NodeID(2)]
        return ids.map { id in
            var configuration = GossipConfiguration(id: id, members: ids)
            configuration.life = id == NodeID(1) ? 2 : 1
            configuration.incarnation = configuration.life
            configuration.defects = defects
            return GossipProcess(
                configuration: configuration,
                membership: MembershipConfiguration(id: id, contacts: ids), seed: Seed(1))
        }
    }

    /// Feeds an event; returns the letters that leave.
    private mutating func step(_ node: Int, _ event: GossipProcessEvent) -> [GossipLetter] {
        var effects: [GossipProcessEffect] = []
        nodes[node - 1].step(event, now: .zero, effects: &effects)
        return effects.flatMap { effect -> [GossipLetter] in
            switch effect {
            case .send(let letter, _): return [letter]
            case .save(_, let token): return step(node, .saved(token))
            case .trace(let event):
                traces.append(event)
                return []
            case .respond, .traceMember: return []
            }
        }
    }

    private var rumor: GossipPost {
        .store(.rumors(RumorExchange(rumors: [.of("k", "v", version: 3, by: 2)])))
    }

    private func letter(toLife: Int) -> GossipLetter {
        GossipLetter(rumor, from: NodeID(2), to: NodeID(1), toLife: toLife)
    }

    @Test(arguments: [(0, false), (1, false), (2, true), (3, true)])
    mutating func `is not taken`(toLife: Int, isTaken: Bool) {
        let answers = step(1, .received(letter(toLife: toLife)))
        #expect((nodes[0].store.entry(of: "k") != nil) == isTaken)
        let refused = traces.contains { $0 == .refused(.outdated, from: NodeID(2)) }
        #expect(refused == !isTaken)
        // The sender is told at once in which life the node is.
        #expect(answers.contains { $0.fromLife == 2 && $0.to == NodeID(2) })
        nodes = Self.make(defects: [.obsoleteDelta])
        _ = step(1, .received(letter(toLife: toLife)))
        #expect(nodes[0].store.entry(of: "k") != nil)
    }

    @Test mutating func `can mean anybody while there was no earlier life`() {
        let unaddressed = GossipLetter(rumor, from: NodeID(1), to: NodeID(2), fromLife: 2)
        let answers = step(2, .received(unaddressed))
        #expect(nodes[1].store.entry(of: "k") != nil)
        #expect(answers.allSatisfy { $0.toLife == 2 && $0.fromLife == 1 })
    }

    @Test mutating func `makes its sender learn of the new life`() {
        let told = step(1, .received(letter(toLife: 1)))
        for letter in told { _ = step(2, .received(letter)) }
        // What is still under way from the earlier life does not make it forget that.
        _ = step(2, .received(GossipLetter(rumor, from: NodeID(1), to: NodeID(2), fromLife: 1)))
        let ping = GossipPost.membership(MembershipMessage(.ping(7)))
        let answers = step(2, .received(GossipLetter(ping, from: NodeID(1), to: NodeID(2))))
        #expect(!answers.isEmpty && answers.allSatisfy { $0.toLife == 2 })
    }

    @Test mutating func `is taken if it is about members, but answers no probe of today`() {
        let hello = MembershipMessage(
            .join, updates: [MemberUpdate(node: NodeID(2), status: .alive, incarnation: 0)])
        let join = GossipPost.membership(hello)
        _ = step(1, .received(GossipLetter(join, from: NodeID(2), to: NodeID(1), toLife: 1)))
        #expect(nodes[0].members?.status(of: NodeID(2)) == .alive)
        var numbers: [UInt64] = []
        for incarnation in 1...3 {
            var member = Membership(
                configuration: MembershipConfiguration(id: NodeID(1), contacts: []),
                incarnation: incarnation, seed: Seed(1))
            var effects: [MembershipEffect] = []
            member.step(.start, now: .zero, effects: &effects)
            member.step(.received(hello, from: NodeID(2)), now: .zero, effects: &effects)
            member.step(.tick, now: member.nextDeadline, effects: &effects)
            for case .send(let message, _) in effects {
                if case .ping(let number) = message.kind { numbers.append(number) }
            }
        }
        #expect(numbers.count == 3 && Set(numbers).count == 3)
    }
}
