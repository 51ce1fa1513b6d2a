import RaftCore
import Testing
import Vocabulary

/// Whole scenarios, effect by effect.
@Suite struct `Transcripts` {
    /// §5.2 and thesis §9.6, on a slow disk: nothing is said of a term or vote that is not durable.
    @Test func `an election`() {
        var node = ScriptedNode()
        node.diskIsInstant = false
        #expect(
            Transcript.lines(node.tick()) == """
                trace pre-candidate term 0
                to n2: preVote term 1 last 0/0
                to n3: preVote term 1 last 0/0
                """)
        let preVote = VoteReply(
            term: .zero, electionTerm: Term(1), isPreVote: true, granted: true)
        #expect(
            Transcript.lines(node.receive(.voteReply(preVote), from: 2)) == """
                save term 1 vote n1
                """)
        #expect(
            Transcript.lines(node.completeDisk()) == """
                trace candidate term 1
                trace voted term 1 for n1
                to n2: requestVote term 1 last 0/0
                to n3: requestVote term 1 last 0/0
                """)
        let vote = VoteReply(term: Term(1), electionTerm: Term(1), isPreVote: false, granted: true)
        #expect(
            Transcript.lines(node.receive(.voteReply(vote), from: 3)) == """
                trace leader term 1 index 0
                append [noOp/1] at 1
                trace appended term 1 index 1 count 1
                sync
                to n2: appendEntries term 1 after 0/0 [noOp/1] commit 0 round 0
                to n3: appendEntries term 1 after 0/0 [noOp/1] commit 0 round 0
                """)
    }

    /// §5.3: the entry commits with the first majority, the leader's own disk included.
    @Test func `a replicated entry`() {
        var node = ScriptedNode()
        node.winElection()
        node.diskIsInstant = false
        #expect(
            Transcript.lines(node.acknowledge(1, from: 2)) == """
                trace committed term 1 index 1
                trace leader-ready term 1 index 1
                """)
        #expect(
            Transcript.lines(node.request(.openSession, 7)) == """
                append [open/1] at 2
                trace appended term 1 index 2 count 1
                sync
                to n2: appendEntries term 1 after 1/1 [open/1] commit 1 round 0
                """)
        #expect(node.acknowledge(2, from: 2) == [])
        #expect(
            Transcript.lines(node.completeDisk()) == """
                trace committed term 1 index 2
                answer 7: opened 2
                """)
        #expect(
            Transcript.lines(node.acknowledge(1, from: 3)) == """
                to n3: appendEntries term 1 after 1/1 [open/1] commit 2 round 0
                """)
    }

    /// §5.3: a follower acknowledges what is durable, and heartbeats in between at once.
    @Test func `a follower's disk`() {
        var node = ScriptedNode()
        node.receive(.append(term: 1, after: 0, 0), from: 2)
        node.diskIsInstant = false
        #expect(
            Transcript.lines(
                node.receive(.append(term: 1, after: 0, 0, [1, 1], commit: 1, round: 4), from: 2))
                    == """
                    append [noOp/1 noOp/1] at 1
                    trace appended term 1 index 2 count 2
                    sync
                    trace committed term 1 index 1
                    """)
        #expect(
            node.receive(.append(term: 1, after: 0, 0, round: 5), from: 2).sent == [
                "to n2: appendReply term 1 match 0 round 5"
            ])
        #expect(
            node.receive(.append(term: 1, after: 0, 0, [1, 1], round: 6), from: 2).sent == [
                "to n2: appendReply term 1 match 0 round 6"
            ])
        #expect(node.completeDisk().sent == ["to n2: appendReply term 1 match 2 round 6"])
    }

    /// §5.3, end: one rejection for each term in which the logs differ, not for each entry.
    @Test func `backtracking by terms`() {
        var follower = ScriptedNode(term: 3, log: [1, 1, 2, 2, 2])
        #expect(
            follower.receive(.append(term: 4, after: 6, 3), from: 2).sent == [
                "to n2: appendReply term 4 reject 6 conflict none retry 6 round 0"
            ])
        #expect(
            follower.receive(.append(term: 4, after: 5, 3), from: 2).sent == [
                "to n2: appendReply term 4 reject 5 conflict 2 retry 3 round 0"
            ])
        #expect(
            Transcript.lines(
                follower.receive(.append(term: 4, after: 2, 1, [3, 3, 3, 4]), from: 2)) == """
                    truncate from 3
                    trace truncated term 4 index 3
                    append [noOp/3 noOp/3 noOp/3 noOp/4] at 3
                    trace appended term 4 index 6 count 4
                    sync
                    to n2: appendReply term 4 match 6 round 0
                    """)

        var leader = ScriptedNode(term: 3, log: [1, 1, 3, 3, 3])
        leader.winElection()
        let conflict = AppendReply(
            term: Term(4),
            outcome: .rejected(previous: LogIndex(5), conflict: Term(2), retry: LogIndex(3)),
            round: 0)
        #expect(
            leader.receive(.appendReply(conflict), from: 2).sent == [
                """
                to n2: appendEntries term 4 after 2/1 [noOp/3 noOp/3 noOp/3 noOp/4] \
                commit 0 round 0
                """
            ])
        #expect(leader.receive(.appendReply(conflict), from: 2) == [], "an old rejection")
    }
}
