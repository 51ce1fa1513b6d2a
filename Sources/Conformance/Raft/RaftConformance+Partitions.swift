internal import Faults
internal import HistoryModel
internal import Vocabulary
internal import Workloads

// Statements about leaders that are cut off or stopped, read from whole runs.

extension RaftConformance {
    /// Leaders cut off one after the other, under load.
    private var cutLeaders: RunConfiguration {
        configuration(seconds: 11) { run in
            run.schedule = faults(
                Array(repeating: .partitionLeader, count: 4), length: 1_200, every: 2_400)
        }
    }

    /// Operations that began in a span and were served by certain nodes before its end.
    private static func served(
        _ record: RunRecord, by nodes: [NodeID], from start: Instant, to end: Instant
    ) throws -> [Operation] {
        try record.history.operations().filter { operation in
            guard operation.outcome == .ok, let node = operation.node,
                let returned = operation.returnTime
            else { return false }
            return nodes.contains(node) && operation.callTime > start && returned < end
        }
    }

    var oldLeader: RaftClaim {
        RaftClaim(
            "a leader that was stopped or cut off adopts the larger term when it comes back",
            injecting: "the leader stopped twice and cut off twice until another was elected",
            configuration(seconds: 11) { run in
                run.schedule = faults(
                    [.pauseLeader, .partitionLeader, .pauseLeader, .partitionLeader],
                    length: 1_200, every: 2_400)
            }
        ) { record in
            let leaders = Leaderships(record.traces)
            var replaced = 0
            var adopted = 0
            var served = 0
            var slowest: Nanoseconds = 0
            for (fault, old) in leaders.hit(by: record.faults) {
                guard let heal = fault.end,
                    let new = leaders.next(after: fault.start, term: old.term), new.start < heal
                else { continue }
                replaced += 1
                let adoption = record.traces.first {
                    $0.node == old.node && $0.time > fault.start && $0.term ?? 0 >= new.term
                }
                guard let adoption else { continue }
                adopted += 1
                slowest = max(slowest, adoption.time - heal)
                served += try Self.served(
                    record, by: [old.node], from: new.start, to: adoption.time
                ).count
            }
            return .init(
                "\(record.verdictWithViolations); \(adopted) of \(replaced) old leaders adopt the new "
                    + "term, within \(slowest / 1_000_000) ms of their return; answers of theirs "
                    + "before, to what began after the election: \(served)",
                record.verdict == .valid && replaced >= 3 && adopted == replaced && served == 0
                    && slowest < Self.second)
        }
    }

    var isolatedLeader: RaftClaim {
        RaftClaim(
            "a leader that hears no majority steps down within an election timeout and serves nobody",
            injecting: "the leader cut off 4 times under load", cutLeaders
        ) { record in
            let leaders = Leaderships(record.traces)
            let hits = leaders.hit(by: record.faults)
            var alone = 0
            var served = 0
            var longest: Nanoseconds = 0
            for (fault, old) in hits {
                served += try Self.served(
                    record, by: [old.node], from: fault.start, to: fault.cutEnd
                ).count
                let end = record.traces.first {
                    $0.node == old.node && $0.name == "stepped-down" && $0.time > fault.start
                }
                guard let end, end.detail == "no quorum" else { continue }
                alone += 1
                longest = max(longest, end.time - fault.start)
            }
            // The longest timeout, a heartbeat after it, and some time for the machine.
            let limit = 300 * Self.millisecond + 50 * Self.millisecond + 150 * Self.millisecond
            return .init(
                "\(record.verdictWithViolations); \(alone) of \(hits.count) step down for want of a "
                    + "quorum, within \(longest / 1_000_000) ms; reads and writes served while cut off: "
                    + "\(served)",
                record.verdict == .valid && hits.count >= 3 && alone == hits.count
                    && longest < limit && served == 0)
        }
    }

    var splitBrain: RaftClaim {
        RaftClaim(
            "split brain: a minority commits nothing and serves no read; two leaders only in different "
                + "terms",
            injecting: "5 nodes split 2 | 3 under load, 5 times, each node twice in the minority",
            configuration(seconds: 13) { run in
                run.schedule = faults(
                    Array(repeating: .partitionHalves, count: 5), length: 1_200, every: 2_300)
            }
        ) { record in
            let leaders = Leaderships(record.traces)
            var sides = (reads: 0, writes: 0, commits: 0, majority: 0)
            for fault in record.faults {
                let end = fault.cutEnd
                let served = try Self.served(
                    record, by: fault.nodes, from: fault.start, to: end)
                let reads = served.count { $0.function == .read }
                sides.reads += reads
                sides.writes += served.count - reads
                sides.commits += Self.commits(record, on: fault.nodes, from: fault.start, to: end)
                let others = (1...5).map { NodeID($0) }.filter { !fault.nodes.contains($0) }
                sides.majority += try Self.served(
                    record, by: others, from: fault.start, to: end
                ).count
            }
            let hits = leaders.hit(by: record.faults)
            let rivals = hits.count { hit in
                leaders.all.contains {
                    $0.term != hit.leadership.term && $0.start > hit.fault.start
                        && $0.start < hit.leadership.end
                }
            }
            return .init(
                "\(record.verdictWithViolations); the leader was in the minority in \(hits.count) of "
                    + "\(record.faults.count) splits; there \(sides.commits) new entries committed, "
                    + "\(sides.reads) reads and \(sides.writes) writes served, in the majority "
                    + "\(sides.majority) operations; two leaders at a time in \(rivals) splits, in the "
                    + "same term: \(leaders.disputedTerms)",
                record.verdict == .valid && !hits.isEmpty && sides.commits == 0 && sides.reads == 0
                    && sides.writes == 0 && sides.majority > 100 && leaders.disputedTerms == 0)
        }
    }

    /// How often nodes committed, during a cut, what none of them had before it.
    private static func commits(
        _ record: RunRecord, on nodes: [NodeID], from start: Instant, to end: Instant
    ) -> Int {
        let own = record.traces.filter { nodes.contains($0.node) && $0.time < end }
        let known =
            own.filter { $0.name == "appended" && $0.time <= start }.compactMap(\.index).max() ?? 0
        return own.count {
            $0.name == "committed" && $0.time > start && $0.index ?? 0 > known
        }
    }

    var isolatedFollowers: RaftClaim {
        RaftClaim(
            "",
            injecting: "n1 cut off 4 times under load; each time at which it follows is looked at",
            // The first cut makes another node lead; so n1 follows in at least three of four.
            configuration(seconds: 10) { run in
                var schedule = faults(
                    Array(repeating: .partitionOne, count: 4), length: 1_000, every: 2_000)
                for place in schedule.faults.indices {
                    schedule.faults[place].order = run.nodeIDs
                }
                run.schedule = schedule
            }
        ) { record in
            let leaders = Leaderships(record.traces)
            var followers = 0
            var attempts = 0
            var raised = 0
            var led = 0
            for fault in record.faults {
                guard let node = fault.nodes.first,
                    leaders.leadership(of: node, at: fault.start) == nil
                else { continue }
                followers += 1
                let own = record.traces.filter {
                    $0.node == node && $0.time > fault.start && $0.time < fault.cutEnd
                }
                attempts += own.count { $0.name == "pre-candidate" }
                raised += own.count { $0.name == "candidate" }
                led += own.count { $0.name == "leader" }
            }
            return .init(
                "\(record.verdictWithViolations); as a follower \(followers) times: asked \(attempts) times "
                    + "for pre-votes, raised their term \(raised) times, led \(led) times",
                record.verdict == .valid && followers >= 3 && attempts >= 2 * followers
                    && raised == 0 && led == 0)
        }
    }

    var heartbeatsInRuns: RaftClaim {
        RaftClaim(
            "", injecting: "4 s without operations; then the leader is cut off",
            configuration(seconds: 8) { run in
                run.operations = (0..<20).map { number in
                    ScriptedOperation(
                        start: .zero + 6 * Self.second + Nanoseconds(number) * 50_000_000,
                        thread: ThreadID(number % 10),
                        operation: OperationTemplate(
                            function: number % 2 == 0 ? .write : .read, key: .integer(0),
                            value: number % 2 == 0 ? .integer(Int64(number)) : .null))
                }
                // Long enough that a busy machine does not look like a silent leader.
                run.electionTimeout = 600 * Self.millisecond...1_200 * Self.millisecond
                run.schedule = faults([.partitionLeader], length: 3_500, every: 4_000)
            }
        ) { record in
            guard let load = record.phases.first(where: { $0.name == RunPhase.load }),
                let fault = record.faults.first
            else { return .init("no run", false) }
            let candidates = record.traces.filter {
                $0.name == "candidate" || $0.name == "pre-candidate"
            }
            let idle = candidates.filter { $0.time > load.start && $0.time < fault.start }
            let after = candidates.filter { $0.time > fault.start }
            let silence = (after.first?.time ?? .distantFuture) - fault.start
            let elected = Leaderships(record.traces).all.count { $0.start > fault.start }
            return .init(
                "\(record.verdictWithViolations); \(idle.count) candidates while idle; after the cut the "
                    + "first after \(silence / 1_000_000) ms, then \(elected) leader",
                record.verdict == .valid && idle.isEmpty && silence < 1_800 * Self.millisecond
                    && elected == 1)
        }
    }
}
