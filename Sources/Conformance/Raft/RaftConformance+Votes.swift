internal import HistoryModel
internal import RaftCore
internal import Vocabulary

// Statements about candidates and voters, seen at nodes that are driven by hand.

extension RaftConformance {
    func scripted(
        _ count: Int, durable: [RaftDurableState] = [], entriesPerMessage: Int = 256
    ) -> ScriptedRaft {
        ScriptedRaft(count: count, durable: durable) { [defects] in
            $0.defects = RaftDefects(defects.compactMap(RaftDefect.init))
            $0.entriesPerMessageMax = entriesPerMessage
        }
    }

    static func state(term: Int, vote: NodeID? = nil, log terms: [Int] = []) -> RaftDurableState {
        RaftDurableState(
            hardState: HardState(term: Term(term), vote: vote),
            log: RaftLog(entries: terms.map { LogEntry(term: Term($0), payload: .noOp) }))
    }

    private static let n1 = NodeID(1)
    private static let n2 = NodeID(2)
    private static let n3 = NodeID(3)

    /// Makes n1 a candidate of the term after its own: two others would vote for it.
    static func nominate(_ raft: inout ScriptedRaft) {
        raft.timeOut(n1)
        let term = raft[n1].term.rawValue + 1
        raft.receive(.grant(in: term, isPreVote: true), at: n1, from: n2)
        raft.receive(.grant(in: term, isPreVote: true), at: n1, from: n3)
    }

    var candidacy: ConformanceScenario {
        ConformanceScenario(
            "a candidate raises its term, votes for itself and asks all others for their votes",
            injecting: "n1 of 5 hears no leader; its disk is held up, then released"
        ) {
            let candidate = Self.n1
            var raft = scripted(5, durable: [Self.state(term: 3, log: [1, 3])])
            raft.holdDisk(of: candidate)
            Self.nominate(&raft)
            let early = raft.sent.count { $0.message.request?.isPreVote == false }
            raft.releaseDisk(of: candidate)
            let asked = raft.sent.filter { $0.message.request?.isPreVote == false }
            let wanted = RequestVote(
                term: Term(4), isPreVote: false, lastIndex: LogIndex(2), lastTerm: Term(3))
            let asksAll =
                asked.map(\.to) == (2...5).map { NodeID($0) }
                && asked.allSatisfy { $0.message.request == wanted }
            let core = raft[candidate]
            let votes = core.term == Term(4) && core.vote == candidate && core.role == .candidate
            return .init(
                "term 3 becomes \(core.term.rawValue), vote for \(core.vote?.description ?? "nobody"); "
                    + "RequestVote with term, last index and last term to \(asked.count) others, "
                    + "\(early) before term and vote were durable",
                asksAll && votes && early == 0)
        }
    }

    var majority: ConformanceScenario {
        ConformanceScenario(
            "a candidate leads once a majority has voted for it in this term",
            injecting: "n1 of 5 gets the vote of n2 in term 1; in term 2 that of n3, a late one of "
                + "term 1, then that of n4"
        ) {
            let candidate = Self.n1
            var raft = scripted(5)
            Self.nominate(&raft)
            raft.receive(.grant(in: 1), at: candidate, from: Self.n2)
            Self.nominate(&raft)
            raft.receive(.grant(in: 2), at: candidate, from: Self.n3)
            raft.receive(.grant(in: 1), at: candidate, from: NodeID(5))
            let term = raft[candidate].term
            let early = raft[candidate].role == .leader
            raft.receive(.grant(in: 2), at: candidate, from: NodeID(4))
            let leads = raft[candidate].role == .leader
            return .init(
                "with 2 votes of term 2 and 2 of term 1 it leads: \(Self.yes(early)); with 3 of term "
                    + "2: \(Self.yes(leads))", !early && leads && term == Term(2))
        }
    }

    var isolatedCandidate: ConformanceScenario {
        ConformanceScenario(
            "an isolated follower does not lead; pre-vote keeps its term where it is",
            injecting:
                "a follower of 5 cut off for 10 timeouts; and one whose pre-votes are granted, "
                + "as if there were none, and whose RequestVotes are lost"
        ) {
            var raft = scripted(5)
            raft.run(for: 5 * Self.second) { $0.leader != nil }
            raft.run(for: Self.second)
            guard let leader = raft.leader, let term = raft.leader.map({ raft[$0].term }) else {
                return .init("nobody leads", false)
            }
            let follower = NodeID(leader == Self.n1 ? 2 : 1)
            raft.cutOff = [follower]
            raft.run(for: 3 * Self.second)
            let asked = raft.sent(by: follower, \.request).filter { $0.term > term }.count / 4
            let stands = raft[follower].term == term && raft[follower].role != .leader
            raft.cutOff = []
            raft.run(for: Self.second)
            let stays = raft.leader == leader && raft[leader].term == term

            var alone = scripted(5)
            var led = false
            for _ in 0..<10 {
                Self.nominate(&alone)
                led = led || alone[Self.n1].role == .leader
            }
            let climbed = alone[Self.n1].term.rawValue
            return .init(
                "with pre-vote \(asked) attempts, term unchanged: \(Self.yes(stands)), its return "
                    + "unseats the leader: \(Self.yes(!stays)); without, the term climbs by "
                    + "\(climbed) in 10 timeouts and it leads: \(Self.yes(led))",
                stands && stays && asked >= 10 && climbed == 10 && !led)
        }
    }

    var oneVote: ConformanceScenario {
        ConformanceScenario(
            "each member has one vote per term, also after a restart",
            injecting:
                "n1 and n2 ask n3 in one term; n3 killed before and after its vote is durable"
        ) {
            let voter = Self.n3
            func request(_ raft: inout ScriptedRaft, _ candidate: NodeID) {
                let request = RequestVote(
                    term: Term(1), isPreVote: false, lastIndex: .zero, lastTerm: .zero)
                raft.receive(.requestVote(request), at: voter, from: candidate)
            }
            var raft = scripted(5)
            raft.holdDisk(of: voter)
            request(&raft, Self.n1)
            let early = raft.sent.count
            // The vote for n1 was never durable, so nobody heard of it: n3 may vote for n2.
            raft.restart(voter)
            request(&raft, Self.n2)
            request(&raft, Self.n1)
            raft.restart(voter)
            request(&raft, Self.n1)
            request(&raft, Self.n2)
            let answers = raft.sent.compactMap { sent in
                sent.message.vote.map { "\(sent.to): \($0.granted ? "granted" : "refused")" }
            }
            let wanted = ["n2: granted", "n1: refused", "n1: refused", "n2: granted"]
            return .init(
                "\(early) answers before the vote was durable; after the restart "
                    + answers.joined(separator: ", ") + " (a restart between the second and third)",
                early == 0 && answers == wanted)
        }
    }

    var staleTerm: ConformanceScenario {
        ConformanceScenario(
            "a member with a larger term refuses a smaller one and changes nothing",
            injecting:
                "RequestVote and AppendEntries of term 4 at a voter in term 5 that voted for n2"
        ) {
            let voter = Self.n1
            var raft = scripted(3, durable: [Self.state(term: 5, vote: Self.n2, log: [1, 2, 5])])
            let before = raft[voter]
            // At another time, a timer that is set again ends at another time.
            raft.run(for: 20 * Self.millisecond)
            raft.receive(
                .requestVote(
                    RequestVote(
                        term: Term(4), isPreVote: false, lastIndex: LogIndex(9), lastTerm: Term(4))),
                at: voter, from: Self.n3)
            raft.receive(
                .appendEntries(
                    AppendEntries(
                        term: Term(4), previousIndex: LogIndex(2), previousTerm: Term(2),
                        entries: [LogEntry(term: Term(4), payload: .noOp)],
                        commitIndex: LogIndex(3), round: 1)), at: voter, from: Self.n3)
            let after = raft[voter]
            let vote = raft.sent(by: voter, \.vote).last
            let reply = raft.sent(by: voter, \.acknowledgement).last
            var refuses = vote?.granted == false && vote?.term == Term(5) && reply?.term == Term(5)
            if case .accepted? = reply?.outcome { refuses = false }
            let isUnchanged =
                after.term == before.term && after.vote == before.vote && after.log == before.log
                && after.commitIndex == before.commitIndex
                && after.nextDeadline == before.nextDeadline
            return .init(
                "both refused with the current term: \(Self.yes(refuses)); term, vote, log, commit "
                    + "index and timer unchanged: \(Self.yes(isUnchanged))",
                refuses && isUnchanged)
        }
    }

    var upToDate: ConformanceScenario {
        ConformanceScenario(
            "a voter refuses a candidate whose last entry is older: term first, then index",
            injecting:
                "a voter whose log ends at index 3 of term 2; candidates with a smaller, equal "
                + "and larger term and index: nine cases, as votes and as pre-votes"
        ) {
            let voter = Self.n1
            let cases = [false, true].map { isPreVote in
                (1...3).map { term in
                    (2...4).map { index in
                        var raft = scripted(3, durable: [Self.state(term: 2, log: [1, 2, 2])])
                        let request = RequestVote(
                            term: Term(4), isPreVote: isPreVote, lastIndex: LogIndex(index),
                            lastTerm: Term(term))
                        raft.receive(.requestVote(request), at: voter, from: Self.n2)
                        return raft.sent(by: voter, \.vote).last?.granted ?? false
                    }
                }
            }
            let wanted = [[false, false, false], [false, true, true], [true, true, true]]
            let text = zip(["smaller", "equal", "larger"], cases[0]).map { term, answers in
                "\(term) term: " + answers.map { $0 ? "granted" : "refused" }.joined(separator: " ")
            }
            return .init(
                "by index smaller, equal, larger: " + text.joined(separator: "; ")
                    + "; pre-votes alike: \(Self.yes(cases[0] == cases[1]))",
                cases == [wanted, wanted])
        }
    }
}
