import GossipCore
import Testing
import Vocabulary

/// How long a delete is remembered.
@Suite struct `A tombstone` {
    private let old = Entry.of("k", "old", version: 1, by: 2)
    private let deletion = Entry.of("k", nil, version: 5, by: 3)

    /// A node of three that holds the deletion, and is complete in that writer's writes only.
    private var node: ScriptedNode {
        var node = ScriptedNode { $0.rumors = nil }
        node.receive(
            .delta(
                Delta(parts: [
                    .init(writer: Writer(NodeID(3)), after: 0, through: 5, entries: [deletion])
                ])), from: 3)
        return node
    }

    private func digest(_ maxima: [(Int, Version)]) -> GossipMessage {
        .digest(
            Digest(
                hash: 1, maxima: maxima.map { Maximum(Writer(NodeID($0.0)), $0.1) }, pulls: false,
                pushes: false))
    }

    private func holds(_ node: ScriptedNode) -> Bool { node.core.entry(of: "k") != nil }

    @Test func `stays until every member has it`() {
        var node = node
        node.receive(digest([(3, 5)]), from: 2)
        for _ in 0..<5 { node.tick() }
        #expect(holds(node))
        node.receive(digest([(3, 4)]), from: 3)
        for _ in 0..<5 { node.tick() }
        #expect(holds(node))
        node.receive(digest([(3, 5)]), from: 3)
        for _ in 0..<2 { node.tick() }
        #expect(!holds(node))
    }

    /// Another member knows of a write that is still on its way here: an older one of the key, perhaps.
    @Test func `stays until older writes would be known for old when they come`() {
        var node = node
        node.receive(digest([(2, 1), (3, 5)]), from: 2)
        node.receive(digest([(2, 1), (3, 5)]), from: 3)
        for _ in 0..<5 { node.tick() }
        #expect(holds(node))
        node.receive(
            .delta(
                Delta(parts: [.init(writer: Writer(NodeID(2)), after: 0, through: 1, entries: [])])),
            from: 2)
        node.tick()
        #expect(!holds(node))
        node.receive(.rumors(RumorExchange(rumors: [old])), from: 2)
        node.receive(.state(StateExchange(entries: [old], asks: false)), from: 2)
        #expect(!holds(node))
    }

    @Test func `does not wait for a member that was taken out`() {
        var node = node
        node.receive(digest([(3, 5)]), from: 3)
        for _ in 0..<3 { node.tick() }
        #expect(holds(node))
        node.step(.removed(NodeID(2)))
        for _ in 0..<2 { node.tick() }
        #expect(!holds(node))
    }

    @Test(arguments: [[NodeID(2)], []])
    func `waits for members that are held dead, or were not met yet`(dead: [NodeID]) {
        var node = node
        node.step(.membersChanged(alive: [NodeID(3)], dead: dead))
        node.receive(digest([(3, 5)]), from: 3)
        for _ in 0..<5 { node.tick() }
        #expect(holds(node))
    }

    @Test func `waits for who comes later`() {
        var node = node
        node.step(.membersChanged(alive: [NodeID(2), NodeID(3), NodeID(4)], dead: []))
        for peer in [2, 3] { node.receive(digest([(3, 5)]), from: peer) }
        for _ in 0..<3 { node.tick() }
        #expect(holds(node))
        node.receive(digest([(3, 5)]), from: 4)
        for _ in 0..<2 { node.tick() }
        #expect(!holds(node))
    }

    @Test func `is forgotten for good, restarts included`() {
        var node = node
        for peer in [2, 3] { node.receive(digest([(3, 5)]), from: peer) }
        for _ in 0..<2 { node.tick() }
        for state in [GossipDurableState(records: node.records), node.core.snapshot] {
            var restarted = ScriptedNode(state: state) { $0.incarnation = 2 }
            #expect(!holds(restarted))
            restarted.receive(.rumors(RumorExchange(rumors: [deletion])), from: 3)
            #expect(!holds(restarted))
        }
    }
}
