import RaftCore
import Testing
import Vocabulary

/// What each of the rarer defects breaks, beside a node without it.
@Suite struct `A node with a defect` {
    /// Figure 8 (c)–(e): the entry is committed, and yet a leader can be elected that lacks it.
    @Test(arguments: [false, true])
    func `figure-8 commits an entry that can still be lost`(hasDefect: Bool) {
        var leader = ScriptedNode(voters: 5, term: 3, log: [1, 2]) {
            $0.defects = hasDefect ? [.figure8] : []
        }
        leader.winElection()
        leader.acknowledge(2, from: 2)
        let effects = leader.acknowledge(2, from: 3)
        #expect(leader.core.commitIndex == LogIndex(hasDefect ? 2 : 0))
        #expect(
            Transcript.lines(effects).contains("trace committed term 4 index 2") == hasDefect)

        var follower = ScriptedNode(voters: 5, term: 4, log: [1, 2])
        #expect(
            follower.receive(.vote(term: 5, last: 2, 3), from: 5).sent == [
                "to n5: voteReply term 5 for 5 granted"
            ])
    }

    /// §5.4.1: a long tail of an old term must not beat what was committed since.
    @Test(arguments: [false, true])
    func `up-to-date-by-index elects a log without committed entries`(hasDefect: Bool) {
        for isPreVote in [true, false] {
            var voter = ScriptedNode(term: 2, log: [1, 2]) {
                $0.defects = hasDefect ? [.upToDateByIndex] : []
            }
            let effects = voter.receive(
                .vote(term: 3, last: 4, 1, isPreVote: isPreVote), from: 2)
            #expect(effects.sent.allSatisfy { $0.hasSuffix(hasDefect ? "granted" : "refused") })
        }
    }

    /// §5.2: whoever voted in an older term may vote for another candidate in this one.
    @Test(arguments: [false, true])
    func `count-old-votes leads without a majority of its term`(hasDefect: Bool) {
        var node = ScriptedNode(voters: 5) { $0.defects = hasDefect ? [.countOldVotes] : [] }
        node.standForElection()
        node.vote(of: 2, in: 1)
        node.standForElection()
        #expect(node.core.role == .candidate)
        #expect(node.core.term == Term(2))
        node.vote(of: 3, in: 1)
        #expect(node.core.role == (hasDefect ? .leader : .candidate))
    }
}

extension ScriptedNode {
    /// Waits for a leader in vain, and is told by everyone that it would be elected.
    fileprivate mutating func standForElection() {
        tick()
        for node in others {
            let reply = VoteReply(
                term: core.term, electionTerm: core.term.next, isPreVote: true, granted: true)
            step(.received(.voteReply(reply), from: node))
        }
    }

    /// Receives a vote that was given in `term`.
    fileprivate mutating func vote(of node: Int, in term: Int) {
        let reply = VoteReply(
            term: Term(term), electionTerm: Term(term), isPreVote: false, granted: true)
        receive(.voteReply(reply), from: node)
    }
}
