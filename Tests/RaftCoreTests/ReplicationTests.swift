import RaftCore
import Testing
import Vocabulary

@Suite struct `Replication` {
    /// Figure 8: an entry of an older term commits only under one of the leader's own.
    @Test func `counting copies commits only entries of the own term`() {
        var node = ScriptedNode(voters: 5, term: 3, log: [1, 2])
        node.winElection()
        node.acknowledge(2, from: 2)
        node.acknowledge(2, from: 3)
        node.acknowledge(2, from: 4)
        #expect(node.core.commitIndex == .zero)
        node.acknowledge(3, from: 2)
        node.acknowledge(3, from: 3)
        #expect(node.core.commitIndex == LogIndex(3))
    }

    @Test func `what is known of a follower's log never goes back`() {
        var node = ScriptedNode(voters: 5, term: 1, log: [1, 1])
        node.winElection()
        node.acknowledge(3, from: 2)
        node.acknowledge(1, from: 2)
        node.acknowledge(3, from: 3)
        #expect(node.core.commitIndex == LogIndex(3))
    }

    @Test func `a follower commits no more than the message matched`() {
        var node = ScriptedNode(term: 1, log: [1, 1, 1])
        node.receive(.append(term: 2, after: 1, 1, commit: 3), from: 2)
        #expect(node.core.commitIndex == LogIndex(1))
    }

    @Test func `a late message takes nothing away`() {
        var node = ScriptedNode(term: 1, log: [1, 1, 1])
        let effects = node.receive(.append(term: 1, after: 0, 0, [1]), from: 2)
        #expect(node.core.log.lastIndex == LogIndex(3))
        #expect(effects.sent == ["to n2: appendReply term 1 match 1 round 0"])
    }

    @Test func `a lost message is sent again with the next heartbeat`() {
        var node = ScriptedNode()
        node.winElection()
        #expect(node.request(.openSession, 1).sent == [])
        let expected = "after 0/0 [noOp/1 open/1] commit 0 round 0"
        #expect(
            node.tick().sent == [2, 3].map { "to n\($0): appendEntries term 1 \(expected)" })
    }

    @Test func `a message carries no more entries than the limit`() {
        var node = ScriptedNode(change: { $0.entriesPerMessageMax = 2 })
        node.winElection()
        for id in 1...4 { node.request(.openSession, UInt64(id)) }
        #expect(
            node.acknowledge(1, from: 2).sent.contains(
                "to n2: appendEntries term 1 after 1/1 [open/1 open/1] commit 1 round 0"))
        #expect(
            node.acknowledge(3, from: 2).sent.contains(
                "to n2: appendEntries term 1 after 3/1 [open/1 open/1] commit 3 round 0"))
    }

    @Test func `a truncated entry's sync does not vouch for its successor`() {
        var node = ScriptedNode()
        node.receive(.append(term: 1, after: 0, 0), from: 2)
        node.diskIsInstant = false
        node.receive(.append(term: 1, after: 0, 0, [1, 1]), from: 2)
        node.receive(.append(term: 2, after: 9, 2), from: 3)
        node.receive(.append(term: 2, after: 0, 0, [2, 2]), from: 3)
        // The first entries' sync, and the new term; the last entries' sync is left.
        #expect(
            node.completeDisk(upTo: 2).sent == [
                "to n3: appendReply term 2 reject 9 conflict none retry 3 round 0"
            ])
        #expect(node.completeDisk().sent == ["to n3: appendReply term 2 match 2 round 0"])
    }

    @Test func `the defect of the missing fsync acknowledges at once and syncs in a second`() {
        var node = ScriptedNode(change: { $0.defects = [.noFsync] })
        node.receive(.append(term: 1, after: 0, 0), from: 2)
        node.diskIsInstant = false
        let effects = node.receive(.append(term: 1, after: 0, 0, [1]), from: 2)
        #expect(effects.sent == ["to n2: appendReply term 1 match 1 round 0"])
        #expect(node.waiting.isEmpty)
        node.now = node.now + 1_000_000_000
        #expect(Transcript.lines(node.step(.tick)).hasPrefix("sync"))
    }
}
