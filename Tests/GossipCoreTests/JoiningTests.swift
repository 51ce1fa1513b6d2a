import GossipCore
import Testing
import Vocabulary

/// Coming back with nothing, finding the others, and looking at many keys at once.
@Suite struct `A node that joins` {
    private func digest(_ version: Version) -> GossipMessage {
        .digest(
            Digest(
                hash: 9, maxima: version > 0 ? [Maximum(Writer(NodeID(2)), version)] : [],
                pulls: false, pushes: false))
    }

    @Test func `with nothing takes writes once it has heard how far the others are`() {
        var node = ScriptedNode { $0.generation = 2 }
        #expect(node.put("k", "a").responses == [.refused(.joining)])
        node.receive(digest(40), from: 2)
        #expect(
            node.put("k", "a").responses
                == [.stored(Stamp(version: 41, writer: Writer(NodeID(1), generation: 2)))])
    }

    @Test func `waits for all where nobody has anything, however long`() {
        var node = ScriptedNode { $0.generation = 2 }
        let others = node.core.configuration.members.filter { $0 != NodeID(1) }
        for other in others {
            for _ in 0..<20 { node.tick() }
            #expect(node.put("k", "a").responses == [.refused(.joining)])
            node.receive(digest(0), from: other.rawValue)
        }
        #expect(node.put("k", "b").responses != [.refused(.joining)])
    }

    @Test func `does not wait for a member that left`() {
        var node = ScriptedNode { $0.generation = 2 }
        for other in node.core.configuration.members where other != NodeID(1) {
            #expect(node.put("k", "a").responses == [.refused(.joining)])
            node.step(.removed(other))
        }
        #expect(node.put("k", "b").responses != [.refused(.joining)])
    }

    @Test
    func `takes writes at once in its first generation, alone, or where no deletion is forgotten`()
    {
        for change: (inout GossipConfiguration) -> Void in [
            { $0.generation = 1 },
            {
                $0.antiEntropy?.comparison = .full
                $0.generation = 2
            },
            {
                $0.antiEntropy = nil
                $0.generation = 2
            },
        ] {
            var node = ScriptedNode(change: change)
            #expect(node.put("k", "a").responses != [.refused(.joining)])
        }
    }

    @Test func `finds the others though all began anew while they were apart`() {
        var members = SimulatedMembers(count: 4, seed: 3)
        members.run(seconds: 5)
        #expect(members.agree)
        members.side = [0, 1, 1, 0]
        for node in 0..<4 { members.restart(node) }
        members.run(seconds: 20)
        #expect(!members.agree)
        members.side = [0, 0, 0, 0]
        members.run(seconds: 30)
        #expect(members.agree)
    }

    @Test func `hears at once that it is held for gone, and objects`() {
        var member = Membership(
            configuration: MembershipConfiguration(id: NodeID(1), contacts: []), seed: Seed(1))
        var effects: [MembershipEffect] = []
        let left = MemberUpdate(node: NodeID(2), status: .left, incarnation: 4)
        member.step(
            .received(MembershipMessage(.news, updates: [left]), from: NodeID(2)), now: .zero,
            effects: &effects)
        effects = []
        let back = MemberUpdate(node: NodeID(2), status: .alive, incarnation: 0)
        member.step(
            .received(MembershipMessage(.join, updates: [back]), from: NodeID(2)), now: .zero,
            effects: &effects)
        let told = effects.flatMap { effect -> [MemberUpdate] in
            if case .send(let message, NodeID(2)) = effect { return message.updates }
            return []
        }
        #expect(told.contains(left))
    }

    @Test func `notes what it found on its disk`() {
        let state = GossipDurableState(records: [
            .entry(.of("k", "a", version: 3, by: 2)), .entry(.of("gone", nil, version: 4, by: 1)),
        ])
        let node = ScriptedNode(state: state)
        let found = node.traces.filter { $0.name.hasPrefix("recovered") }
        #expect(found.map(\.name).sorted() == ["recovered", "recovered-deleted"])
        #expect(found.compactMap(\.detail).sorted() == ["n1 gone", "n2 k a"])
    }

    @Test func `lists the keys that begin alike, without those that were deleted`() {
        var node = ScriptedNode()
        for key in ["e2", "e10", "x", "e3"] { node.put(key, "v\(key)") }
        node.delete("e3")
        let listed = node.step(.requested(.list(prefix: "e"), id: RequestID(9))).responses
        #expect(
            listed == [
                .listed([KeyValue(key: "e10", value: "ve10"), KeyValue(key: "e2", value: "ve2")])
            ])
    }
}
