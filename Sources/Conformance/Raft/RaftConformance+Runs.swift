internal import Faults
internal import HistoryModel
internal import Vocabulary
internal import Workloads

// Statements about roles, terms and logs, read from the traces of whole clusters.

extension RaftConformance {
    /// Leaders killed one after the other, under load.
    private var killedLeaders: RunConfiguration {
        configuration(seconds: 11) { run in
            run.schedule = faults(
                Array(repeating: .killLeader, count: 5), length: 1_000, every: 2_000)
        }
    }

    var roles: RaftClaim {
        RaftClaim(
            "a node is follower, candidate or leader; one leader serves clients and replicates the log",
            injecting: "the leader killed 5 times under load", killedLeaders
        ) { record in
            let roles = RoleHistory(record.traces)
            let leaders = Leaderships(record.traces)
            let hits = leaders.hit(by: record.faults)
            let times = hits.compactMap { hit in
                leaders.next(after: hit.fault.start, term: hit.leadership.term).map {
                    $0.start - hit.fault.start
                }
            }
            let answers = try record.history.operations().filter { $0.outcome == .ok }
            let foreign = answers.count { answer in
                !leaders.all.contains {
                    $0.node == answer.node && $0.start <= answer.returnTime ?? .zero
                        && $0.end > answer.callTime
                }
            }
            let longest = times.max() ?? 0
            return .init(
                "\(record.verdictWithViolations); \(roles.transitions) changes of role, "
                    + "\(roles.illegal.count) that Raft does not know\(roles.example); new leader after "
                    + "at most \(longest / 1_000_000) ms in \(times.count) of \(hits.count) kills; terms with two "
                    + "leaders: \(leaders.disputedTerms); \(answers.count) answers, "
                    + "\(foreign) from a node that did not lead",
                record.verdict == .valid && roles.illegal.isEmpty && hits.count >= 4
                    && times.count == hits.count
                    && longest < 2 * Self.second && leaders.disputedTerms == 0 && foreign == 0
                    && answers.count > 500)
        }
    }

    var consecutiveTerms: RaftClaim {
        RaftClaim(
            "terms are consecutive numbers that rise with every election",
            injecting: "the leader killed 5 times under load, the traces of all nodes",
            killedLeaders
        ) { record in
            let terms = TermHistory(record.traces)
            return .init(
                "\(terms.elections) candidates, each in the term after its own: "
                    + "\(Self.yes(terms.jumps == 0)); terms 1 to \(terms.largest), "
                    + "\(terms.missing) of them without a candidate; times that a node's term fell: "
                    + "\(terms.falls)",
                terms.jumps == 0 && terms.missing == 0 && terms.falls == 0 && terms.largest >= 5)
        }
    }

    var logFormatInRuns: RaftClaim {
        RaftClaim(
            "", injecting: "all faults of the family kill under load, the traces of all nodes",
            configuration(seconds: 9) { run in
                run.schedule = faults(
                    [.killMinority, .killLeader, .killMajority], length: 1_000, every: 2_000)
            }
        ) { record in
            let logs = LogHistory(record.traces)
            return .init(
                "\(record.verdictWithViolations); \(logs.appends) appends of entries with index and term, "
                    + "\(logs.incomplete) without; \(logs.gaps) that leave a gap, \(logs.falls) at which "
                    + "the term falls",
                record.verdict == .valid && logs.appends > 500 && logs.incomplete == 0
                    && logs.gaps == 0 && logs.falls == 0)
        }
    }

    var logAlignment: RaftClaim {
        RaftClaim(
            "a follower's divergent entries are overwritten by the leader's, and logs become equal",
            injecting: "the leader cut off 4 times with writes in flight, and healed",
            configuration(seconds: 11) { run in
                run.schedule = faults(
                    Array(repeating: .partitionLeader, count: 4), length: 1_200, every: 2_400)
            }
        ) { record in
            let truncations = record.traces.count { $0.name == "truncated" }
            let commits = record.traces.filter { $0.name == "committed" }
            let logs = Dictionary(grouping: commits, by: { $0.index ?? 0 }).values
            let shared = logs.filter { Set($0.map(\.node)).count > 1 }
            let different = shared.count { Set($0.map(\.hash)).count > 1 }
            let heal = record.faults.compactMap(\.end).max() ?? .distantFuture
            let recent = Set(commits.filter { $0.time > heal }.map(\.node)).count
            return .init(
                "\(record.verdictWithViolations); \(truncations) times entries were removed; "
                    + "\(shared.count) positions committed by more than one node, \(different) with "
                    + "different hashes; nodes that commit after the last heal: \(recent)",
                record.verdict == .valid && truncations > 0 && shared.count > 100 && different == 0
                    && recent == 5)
        }
    }

    var oneVoteInRuns: RaftClaim {
        RaftClaim(
            "", injecting: "minorities, majorities and all nodes killed and restarted under load",
            configuration(seconds: 11) { run in
                run.schedule = faults(
                    [.killMinority, .killMajority, .killAll, .killMajority], length: 1_000,
                    every: 2_300)
            }
        ) { record in
            let votes = record.traces.filter { $0.name == "voted" }
            let ballots = Dictionary(grouping: votes) { "\($0.node) in term \($0.term ?? 0)" }
            let double = ballots.values.count { Set($0.map(\.detail)).count > 1 }
            let restarts = record.traces.count { $0.name == "started" } - 5
            return .init(
                "\(record.verdictWithViolations); \(restarts) restarts, \(votes.count) votes in "
                    + "\(Set(votes.map(\.term)).count) terms, \(double) second ones in a term",
                record.verdict == .valid && double == 0 && restarts >= 10 && votes.count > 10)
        }
    }
}
