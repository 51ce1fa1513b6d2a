import Objects
import RaftCore
import Testing
import Vocabulary

@Suite struct `Elections` {
    /// §5.4.1: the later term wins, then the longer log; equal logs are up to date.
    @Test(arguments: [
        (1, 9, false), (1, 3, false), (1, 2, false), (2, 2, false), (2, 3, true), (2, 4, true),
        (3, 2, true), (3, 3, true), (3, 4, true),
    ])
    func `a voter refuses a log that is less up to date`(
        lastTerm: Int, lastIndex: Int, isGranted: Bool
    ) {
        for isPreVote in [true, false] {
            var node = ScriptedNode(term: 2, log: [1, 1, 2])
            let effects = node.receive(
                .vote(term: 3, last: lastIndex, lastTerm, isPreVote: isPreVote), from: 2)
            let name = isPreVote ? "preVoteReply term 2" : "voteReply term 3"
            #expect(effects.sent == ["to n2: \(name) for 3 \(isGranted ? "granted" : "refused")"])
            #expect(node.core.vote == (isGranted && !isPreVote ? NodeID(2) : nil))
        }
    }

    /// §5.2: one vote per term, first come, first served; the same candidate may ask again.
    @Test func `a voter has one vote per term, also after a restart`() {
        var node = ScriptedNode()
        #expect(
            Transcript.lines(node.receive(.vote(term: 1, last: 0, 0), from: 2)) == """
                save term 1 vote n2
                trace follower term 1
                trace voted term 1 for n2
                to n2: voteReply term 1 for 1 granted
                """)
        let refused = ["to n3: voteReply term 1 for 1 refused"]
        #expect(node.receive(.vote(term: 1, last: 9, 0), from: 3).sent == refused)
        var restarted = ScriptedNode(term: 1, vote: NodeID(2))
        #expect(restarted.receive(.vote(term: 1, last: 9, 0), from: 3).sent == refused)
        #expect(
            restarted.receive(.vote(term: 1, last: 9, 0), from: 2).sent == [
                "to n2: voteReply term 1 for 1 granted"
            ])
    }

    @Test func `a vote is not given before it is durable`() {
        var node = ScriptedNode()
        node.diskIsInstant = false
        let effects = node.receive(.vote(term: 1, last: 0, 0), from: 2)
        #expect(Transcript.lines(effects) == "save term 1 vote n2")
        #expect(node.completeDisk().sent == ["to n2: voteReply term 1 for 1 granted"])
    }

    /// Thesis §9.6.
    @Test func `a node that is cut off keeps its term`() {
        var node = ScriptedNode(term: 4, log: [4])
        for _ in 0..<20 { node.tick() }
        #expect(node.core.term == Term(4))
        #expect(node.core.role == .preCandidate)
    }

    /// Thesis §4.2.3 and §9.6.
    @Test(arguments: [true, false])
    func `a voter that hears from a leader refuses others`(isPreVote: Bool) {
        var node = ScriptedNode()
        node.receive(.append(term: 1, after: 0, 0), from: 2)
        node.now = node.now + 149_000_000
        let request = RaftMessage.vote(term: 2, last: 5, 1, isPreVote: isPreVote)
        #expect(node.receive(request, from: 3).sent.allSatisfy { $0.hasSuffix("refused") })
        #expect(node.core.term == Term(1))
        node.now = node.now + 1_000_000
        #expect(node.receive(request, from: 3).sent.allSatisfy { $0.hasSuffix("granted") })
    }

    /// §5.1: a message of an older term is answered with the current one and changes nothing.
    @Test(arguments: [
        RaftMessage.vote(term: 2, last: 9, 2), .vote(term: 2, last: 9, 2, isPreVote: true),
        .append(term: 2, after: 1, 1, [2], commit: 2), .append(term: 1, after: 0, 0),
    ])
    func `a stale message leaves everything as it was`(message: RaftMessage) {
        var node = ScriptedNode(term: 3, vote: NodeID(3), log: [1, 3])
        let before = (node.core.log, node.core.nextDeadline, node.core.vote, node.core.commitIndex)
        let effects = node.receive(message, from: 2)
        #expect(effects.count == 1)
        #expect(effects.sent.allSatisfy { $0.contains("Reply term 3 ") })
        let after = (node.core.log, node.core.nextDeadline, node.core.vote, node.core.commitIndex)
        #expect(before == after)
        #expect(node.core.term == Term(3))
    }

    @Test func `votes of an older election do not count`() {
        var node = ScriptedNode(voters: 5)
        node.winElection()
        node.receive(.append(term: 5, after: 0, 0), from: 2)
        node.tick()
        for voter in [2, 3, 4, 5] {
            for electionTerm in [1, 5] {
                let reply = VoteReply(
                    term: Term(electionTerm), electionTerm: Term(electionTerm), isPreVote: false,
                    granted: true)
                node.receive(.voteReply(reply), from: voter)
            }
        }
        #expect(node.core.role == .preCandidate)
    }

    /// Thesis §6.2.
    @Test func `a leader that hears from no majority steps down`() {
        var node = ScriptedNode(voters: 5)
        node.winElection()
        let start = node.now
        var effects: [RaftEffect] = []
        for _ in 0..<100 where node.core.role == .leader {
            effects = node.tick()
            node.acknowledge(1, from: 2)
        }
        #expect(node.now - start == 300_000_000)
        #expect(
            Transcript.lines(effects) == """
                trace stepped-down term 1 no quorum
                trace follower term 1
                """)
        #expect(node.core.term == Term(1))
    }

    @Test func `a leader with the defect of stale reads goes on until it sees a larger term`() {
        var node = ScriptedNode(change: { $0.defects = [.staleReads] })
        node.winElection()
        for _ in 0..<100 { node.tick() }
        #expect(node.request(.read(.read, key: "x"), 1).sent == ["answer 1: value nil"])
        node.receive(.append(term: 2, after: 0, 0), from: 2)
        #expect(node.core.role == .follower)
    }
}
