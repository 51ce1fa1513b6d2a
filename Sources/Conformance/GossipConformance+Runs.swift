internal import Checkers
internal import Exploration
internal import Faults
internal import HistoryModel
internal import Vocabulary
internal import Workloads

// Claims about whole clusters, seen in simulated runs.

extension GossipConformance {
    private static let second: Nanoseconds = 1_000_000_000

    private static func run(
        nodes: Int = 5, seconds: Nanoseconds = 15, seed: UInt64 = 1,
        change: (inout RunConfiguration) -> Void
    ) throws -> SeedOutcome {
        try SeedOutcome(
            configuration(nodes: nodes, seconds: seconds, seed: seed, change: change))
    }

    /// What a run of this length is like, in either world.
    static func configuration(
        nodes: Int, seconds: Nanoseconds, seed: UInt64 = 1,
        change: (inout RunConfiguration) -> Void
    ) -> RunConfiguration {
        var run = RunConfiguration(workload: "conformance")
        run.kind = .gossipKV
        run.system = "gossip"
        run.nodes = nodes
        run.concurrency = 2 * nodes
        run.rate = 60
        run.timeLimit = seconds * second
        run.faults = []
        run.seed = seed
        run.gossip.antiEntropy?.interval = 300_000_000
        change(&run)
        return run
    }

    static func fault(
        _ kind: FaultKind, at start: Nanoseconds, for length: Nanoseconds, first node: Int,
        of count: Int
    ) -> PlannedFault {
        let order = (0..<count).map { NodeID((node - 1 + $0) % count + 1) }
        return PlannedFault(
            id: 0, kind: kind, start: .zero + start * second, duration: length * second,
            order: order)
    }

    static func schedule(_ faults: [PlannedFault]) -> FaultSchedule {
        var faults = faults
        for place in faults.indices { faults[place].id = place + 1 }
        return FaultSchedule(faults: faults)
    }

    static func measure(_ record: RunRecord, _ name: String) -> String {
        record.results.flatMap(\.measures).first { $0.name == name }?.value ?? "-"
    }

    static func verdict(_ record: RunRecord) -> String { record.verdictWithViolations }

    static var antiEntropy: ConformanceScenario {
        ConformanceScenario(
            "anti-entropy alone restores what a node lacks",
            injecting: "writes for 3 s; when all rumors have died, n2 loses its disk"
        ) {
            let outcome = try run(seconds: 16) { run in
                run.operations = script(writes: 40, every: 75_000_000, threads: 10)
                run.schedule = schedule([fault(.wipeOne, at: 10, for: 2, first: 2, of: 5)])
            }
            let start = outcome.record.traces.last { $0.node == NodeID(2) && $0.name == "started" }
            let restored = outcome.record.traces.filter {
                $0.node == NodeID(2) && $0.name == "applied" && $0.time > start?.time ?? .zero
            }
            let length = (restored.last?.time ?? .zero) - (start?.time ?? .zero)
            return .init(
                "\(verdict(outcome.record)); \(restored.count) of 40 writes restored within "
                    + "\(length / 1_000_000) ms",
                outcome.verdict == .valid && restored.count == 40)
        }
    }

    static var churn: ConformanceScenario {
        ConformanceScenario(
            "nodes join and leave at any time; crash and restart do no harm",
            injecting: "10 nodes; 2 leave, 2 lose their disks, 4 crash, under load; 5 seeds"
        ) {
            let outcomes = try (1...5).map { seed in
                try run(nodes: 10, seconds: 30, seed: UInt64(seed)) { run in
                    run.schedule = schedule([
                        fault(.leaveOne, at: 2, for: 4, first: 1, of: 10),
                        fault(.wipeOne, at: 7, for: 2, first: 2, of: 10),
                        fault(.killMinority, at: 11, for: 3, first: 3, of: 10),
                        fault(.leaveOne, at: 16, for: 3, first: 7, of: 10),
                        fault(.wipeOne, at: 21, for: 3, first: 8, of: 10),
                    ])
                }
            }
            let sound = outcomes.count { $0.verdict == .valid }
            return .init(
                "\(sound) of 5 converge, with no version given out twice and none that went back",
                sound == 5)
        }
    }

    static var noSpecialNode: ConformanceScenario {
        ConformanceScenario(
            "no node is special", injecting: "each of 5 nodes killed for 2 s, one after the other"
        ) {
            let outcome = try run(seconds: 20) { run in
                run.schedule = schedule(
                    (1...5).map { node in
                        fault(
                            .killOne, at: Nanoseconds(node) * 3 - 1, for: 2, first: node, of: 5)
                    })
            }
            let writes = outcome.record.history.events.filter {
                $0.type == .ok && $0.function == .write
            }
            let isAlways = outcome.record.faults.allSatisfy { fault in
                let spread = writes.contains {
                    $0.time > fault.start && $0.time < fault.end ?? .zero
                }
                return spread && fault.applied.isSeen
            }
            return .init(
                "\(verdict(outcome.record)); writes went on during each of "
                    + "\(outcome.record.faults.count) kills: \(isAlways ? "yes" : "no")",
                outcome.verdict == .valid && isAlways && outcome.record.faults.count == 5)
        }
    }

    static var eventualConsistency: ConformanceScenario {
        ConformanceScenario(
            "only eventual consistency: stale reads occur, and vanish",
            injecting: "reads and writes of 3 keys on both sides of a cut of 6 s"
        ) {
            let outcome = try run { run in
                run.keyValue.keys = 3
                run.keyValue.delete = 0
                run.schedule = schedule([
                    fault(.partitionHalves, at: 3, for: 6, first: 1, of: 5)
                ])
            }
            let register = try LinearizabilityChecker(budget: .simulated)
                .check(outcome.record.history)
            return .init(
                "\(verdict(outcome.record)); linearizable: \(register.verdict); from reunion to convergence "
                    + measure(outcome.record, "reunion to convergence"),
                outcome.verdict == .valid && register.verdict == .invalid)
        }
    }

    static var duplicates: ConformanceScenario {
        ConformanceScenario(
            "network pressure: a message reaches a node more than once, and does no harm",
            injecting: "half of all messages arrive twice, against none"
        ) {
            func final(_ duplicates: Int) throws -> (SeedOutcome, [Value?: Value]) {
                let outcome = try run { run in
                    run.simulation.network.duplicatePerMille = duplicates
                    run.simulation.network.lossPerMille = 0
                    run.operations = script(
                        writes: 60, every: 200_000_000, threads: 10, keys: 20)
                }
                let reads = outcome.record.history.events.filter {
                    $0.type == .ok && $0.function == .read
                }
                return (outcome, Dictionary(reads.map { ($0.key, $0.value) }) { $1 })
            }
            let (twice, values) = try final(500)
            let (once, others) = try final(0)
            return .init(
                "\(verdict(twice.record)); the same values: \(values == others ? "yes" : "no"); "
                    + "\(measure(twice.record, "messages per write")) messages a write against "
                    + "\(measure(once.record, "messages per write")), "
                    + "\(measure(twice.record, "bytes per write")) bytes against "
                    + "\(measure(once.record, "bytes per write")), idle "
                    + "\(measure(twice.record, "idle messages per node and second")) a node and second",
                twice.verdict == .valid && once.verdict == .valid && values == others
                    && values.count == 20)
        }
    }

    static var forgedValue: ConformanceScenario {
        ConformanceScenario(
            "Byzantine: a malicious spreader ruins the system (expected failure, named)",
            injecting: "2 % of the messages carry another value under an honest version"
        ) {
            let outcome = try run { $0.simulation.network.forgedValuesPerMille = 20 }
            return .init(
                verdict(outcome.record), outcome.violations.first == "convergence/phantom-value")
        }
    }

    static var forgedVersion: ConformanceScenario {
        ConformanceScenario(
            "versions beyond the stated bound are refused",
            injecting: "2 % of the messages carry a version from the far future"
        ) {
            let outcome = try run { $0.simulation.network.forgedVersionsPerMille = 20 }
            return .init(
                "\(verdict(outcome.record)); \(measure(outcome.record, "refused")) refused",
                outcome.verdict == .valid && measure(outcome.record, "refused") != "0")
        }
    }
}
