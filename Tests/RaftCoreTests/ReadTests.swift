import Objects
import RaftCore
import Testing
import Vocabulary

/// Thesis §6.4: reads that need no entry in the log.
@Suite struct `Reads` {
    @Test func `a read waits for the term's first commit`() {
        var node = ScriptedNode()
        node.winElection()
        #expect(node.request(.read(.read, key: "x"), 1).sent == [])
        let effects = node.acknowledge(1, from: 2)
        #expect(
            effects.sent == [
                "to n2: appendEntries term 1 after 1/1 [] commit 1 round 1",
                "to n3: appendEntries term 1 after 0/0 [] commit 1 round 1",
            ])
        #expect(node.acknowledge(1, from: 2, round: 1).sent == ["answer 1: value nil"])
    }

    @Test func `a round that began before the read does not confirm it`() {
        var node = ScriptedNode()
        node.winElection()
        node.acknowledge(1, from: 2)
        node.request(.read(.read, key: "x"), 1)
        node.request(.read(.read, key: "x"), 2)
        node.request(.read(.read, key: "x"), 3)
        #expect(node.acknowledge(1, from: 2, round: 0).sent == [])
        let effects = node.acknowledge(1, from: 2, round: 1)
        #expect(
            effects.sent == [
                "answer 1: value nil",
                "to n2: appendEntries term 1 after 1/1 [] commit 1 round 2",
                "to n3: appendEntries term 1 after 0/0 [] commit 1 round 2",
            ])
        #expect(
            node.acknowledge(1, from: 3, round: 2).sent
                == ["answer 2: value nil", "answer 3: value nil"])
    }

    @Test func `a leader of a new term does not serve the reads of the old one`() {
        var node = ScriptedNode()
        node.winElection()
        node.acknowledge(1, from: 2)
        node.request(.read(.read, key: "x"), 1)
        #expect(
            node.receive(.append(term: 2, after: 0, 0), from: 3).sent.first
                == "answer 1: notLeader n3")
        let late = AppendReply(term: Term(1), outcome: .accepted(match: LogIndex(1)), round: 1)
        #expect(node.receive(.appendReply(late), from: 2) == [])
    }

    /// The sender may lead again, and count the round of its earlier reign as one of this.
    @Test func `a late message of an earlier term confirms no round`() throws {
        var node = ScriptedNode()
        node.receive(.append(term: 3, after: 0, 0), from: 2)
        let late = AppendEntries(
            term: Term(1), previousIndex: .zero, previousTerm: .zero, entries: [],
            commitIndex: .zero, round: 150)
        let replies = node.receive(.appendEntries(late), from: 2).compactMap { effect in
            if case .send(.appendReply(let reply), _) = effect { reply } else { nil }
        }
        let reply = try #require(replies.first)
        #expect(reply.term == Term(3))
        #expect(reply.round == 0)
    }

    @Test func `a follower names the leader`() {
        var node = ScriptedNode()
        #expect(node.request(.read(.read, key: "x"), 1).sent == ["answer 1: notLeader unknown"])
        node.receive(.append(term: 1, after: 0, 0), from: 3)
        #expect(node.request(.read(.read, key: "x"), 2).sent == ["answer 2: notLeader n3"])
    }

    @Test func `a lone voter confirms itself`() {
        var node = ScriptedNode(voters: 1)
        node.tick()
        #expect(node.core.role == .leader)
        #expect(node.request(.read(.read, key: "x"), 1).sent == ["answer 1: value nil"])
    }
}
