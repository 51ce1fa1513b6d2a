import GossipCore
import Testing
import Vocabulary

/// What a node keeps, and when others may learn of it.
@Suite struct `A node's store` {
    private func rumor(_ entry: Entry) -> GossipMessage {
        .rumors(RumorExchange(rumors: [entry]))
    }

    @Test func `a write gets a version above all that the node and the client have seen`() {
        var node = ScriptedNode()
        node.receive(rumor(.of("k", "a", version: 7, by: 2)), from: 2)
        #expect(
            node.put("k", "b").responses == [.stored(.init(version: 8, writer: .init(NodeID(1))))])
        let response = node.put("k", "c", seen: 20).responses
        #expect(response == [.stored(.init(version: 21, writer: .init(NodeID(1))))])
        #expect(node.core.entry(of: "k")?.value == "c")
    }

    @Test(arguments: [(7, 2, false), (9, 2, true), (8, 3, true), (8, 1, false), (8, 2, false)])
    func `the greater stamp wins, in whichever order they come`(
        version: Version, writer: Int, wins: Bool
    ) {
        var node = ScriptedNode()
        node.receive(rumor(.of("k", "old", version: 8, by: 2)), from: 2)
        node.receive(rumor(.of("k", "new", version: version, by: writer)), from: 3)
        #expect(node.core.entry(of: "k")?.value == (wins ? "new" : "old"))
    }

    @Test func `nothing leaves before it is durable`() {
        var node = ScriptedNode()
        node.diskIsInstant = false
        #expect(node.put("k", "a").isEmpty)
        #expect(node.step(.requested(.get(key: "k"), id: RequestID(2))).isEmpty)
        for _ in 0..<5 { #expect(node.tick().isEmpty) }
        #expect(!node.traces.contains { $0.name == "written" || $0.name == "told" })
        #expect(node.completeDisk().responses.count == 2)
        #expect(node.traces.contains { $0.name == "written" })
        #expect(node.untilSending().messages.first?.message.entries.first?.value == "a")
    }

    @Test func `a restarted writer exceeds its old versions`() {
        var first = ScriptedNode()
        first.put("a", "1")
        first.put("b", "2")
        first.delete("b")
        var second = ScriptedNode(state: GossipDurableState(records: first.records)) {
            $0.incarnation = 2
        }
        #expect(second.core.entries == first.core.entries)
        #expect(second.core.stateHash == first.core.stateHash)
        #expect(
            second.put("a", "3").responses == [.stored(.init(version: 4, writer: .init(NodeID(1))))]
        )
    }

    @Test func `a snapshot stands for all records before it`() {
        var first = ScriptedNode()
        for write in 0..<20 { first.put("k\(write % 3)", "\(write)") }
        first.delete("k1")
        let snapshot = first.core.snapshot
        #expect(snapshot.records.count == 4)
        var second = ScriptedNode(state: snapshot) { $0.incarnation = 2 }
        #expect(second.core.entries == first.core.entries)
        let response = second.put("k1", "later").responses
        #expect(response == [.stored(.init(version: 22, writer: .init(NodeID(1))))])
    }

    @Test func `a digest that cannot be true is refused`() {
        var node = ScriptedNode()
        let digest = Digest(
            hash: 1, maxima: [Maximum(Writer(NodeID(2)), 1 << 60)], pulls: true, pushes: true)
        #expect(node.receive(.digest(digest), from: 2).isEmpty)
        #expect(node.receive(.delta(Delta(parts: [], ask: digest)), from: 2).isEmpty)
        #expect(node.core.traffic.refused == 2)
    }

    @Test func `what a peer may not send is refused and counted`() {
        var node = ScriptedNode()
        let beyond: Version = 1 << 50
        node.receive(rumor(.of("k", "x", version: beyond, by: 2)), from: 2)
        node.receive(rumor(.of("", "x", version: 1, by: 2)), from: 2)
        node.receive(rumor(.of("a b", "x", version: 1, by: 2)), from: 2)
        node.receive(
            rumor(.of("k", String(repeating: "x", count: 70_000), version: 1, by: 2)), from: 2)
        node.receive(rumor(.of("k", "x", version: 1, by: 9)), from: 9)
        node.step(.undecodable)
        #expect(node.core.entries.isEmpty)
        #expect(node.core.traffic.refused == 6)
        node.receive(rumor(.of("k", "x", version: 1, by: 2)), from: 2)
        #expect(node.core.entries.count == 1)
    }

    @Test func `what a client may not write is refused with the reason`() {
        var node = ScriptedNode()
        #expect(node.put("a b", "x").responses == [.refused(.badKey)])
        #expect(node.put("k", "x", seen: 1 << 48).responses == [.refused(.versionBeyondBound)])
        #expect(
            node.put("k", String(repeating: "x", count: 70_000)).responses
                == [.refused(.valueTooLarge)])
        #expect(node.put("k", "x").responses.count == 1)
        #expect(node.core.entries.map(\.stamp.version) == [1])
    }

    @Test func `the state's hash leaves tombstones out`() {
        var left = ScriptedNode()
        left.put("a", "1")
        let hash = left.core.stateHash
        left.put("b", "1")
        #expect(left.core.stateHash != hash)
        left.delete("b")
        #expect(left.core.stateHash == hash)
    }
}
