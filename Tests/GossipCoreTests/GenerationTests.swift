import GossipCore
import Testing
import Vocabulary

/// A node that has lost its store takes no mail that was meant for its earlier self.
@Suite struct `Mail for an earlier generation` {
    /// Node 1 in its second life, and node 2 in its first.
    private var nodes: [GossipProcess]
    private var traces: [GossipTraceEvent] = []

    init() { nodes = Self.make() }

    private static func make(defects: GossipDefects = []) -> [GossipProcess] {
        let ids = [NodeID(1), NodeID(2)]
        return ids.map { id in
            var configuration = GossipConfiguration(id: id, members: ids)
            configuration.generation = id == NodeID(1) ? 2 : 1
            configuration.incarnation = configuration.generation
            configuration.defects = defects
            return GossipProcess(
                configuration: configuration,
                membership: MembershipConfiguration(id: id, contacts: ids), seed: Seed(1))
        }
    }

    /// Feeds an event; returns the letters that leave.
    private mutating func step(_ node: Int, _ event: GossipProcessEvent) -> [GossipPacket] {
        var effects: [GossipProcessEffect] = []
        nodes[node - 1].step(event, now: .zero, effects: &effects)
        return effects.flatMap { effect -> [GossipPacket] in
            switch effect {
            case .send(let packet, _): return [packet]
            case .save(_, let token): return step(node, .saved(token))
            case .trace(let event):
                traces.append(event)
                return []
            case .respond, .traceMember: return []
            }
        }
    }

    private var rumor: GossipPayload {
        .store(.rumors(RumorExchange(rumors: [.of("k", "v", version: 3, by: 2)])))
    }

    private func packet(toGeneration: Int) -> GossipPacket {
        GossipPacket(rumor, from: NodeID(2), to: NodeID(1), toGeneration: toGeneration)
    }

    @Test(arguments: [(0, false), (1, false), (2, true), (3, true)])
    mutating func `is not taken`(toGeneration: Int, isTaken: Bool) {
        let answers = step(1, .received(packet(toGeneration: toGeneration)))
        #expect((nodes[0].store.entry(of: "k") != nil) == isTaken)
        let refused = traces.contains { $0 == .refused(.outdated, from: NodeID(2)) }
        #expect(refused == !isTaken)
        // The sender is told at once in which life the node is.
        #expect(answers.contains { $0.fromGeneration == 2 && $0.to == NodeID(2) })
        nodes = Self.make(defects: [.obsoleteDelta])
        _ = step(1, .received(packet(toGeneration: toGeneration)))
        #expect(nodes[0].store.entry(of: "k") != nil)
    }

    @Test mutating func `can mean anybody while there was no earlier generation`() {
        let unaddressed = GossipPacket(rumor, from: NodeID(1), to: NodeID(2), fromGeneration: 2)
        let answers = step(2, .received(unaddressed))
        #expect(nodes[1].store.entry(of: "k") != nil)
        #expect(answers.allSatisfy { $0.toGeneration == 2 && $0.fromGeneration == 1 })
    }

    @Test mutating func `makes its sender learn of the new generation`() {
        let told = step(1, .received(packet(toGeneration: 1)))
        for packet in told { _ = step(2, .received(packet)) }
        // What is still under way from the earlier life does not make it forget that.
        _ = step(
            2, .received(GossipPacket(rumor, from: NodeID(1), to: NodeID(2), fromGeneration: 1)))
        let ping = GossipPayload.membership(MembershipMessage(.ping(7)))
        let answers = step(2, .received(GossipPacket(ping, from: NodeID(1), to: NodeID(2))))
        #expect(!answers.isEmpty && answers.allSatisfy { $0.toGeneration == 2 })
    }

    @Test mutating func `is taken if it is about members, but answers no probe of today`() {
        let hello = MembershipMessage(
            .join, updates: [MemberUpdate(node: NodeID(2), status: .alive, incarnation: 0)])
        let join = GossipPayload.membership(hello)
        _ = step(1, .received(GossipPacket(join, from: NodeID(2), to: NodeID(1), toGeneration: 1)))
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
