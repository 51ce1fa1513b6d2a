internal import Faults
internal import HistoryModel
internal import RaftCore
internal import Vocabulary
internal import Workloads

/// What is claimed of the Raft store, as scenarios in the simulated world and as runs of processes.
///
///     for scenario in RaftConformance().scenarios { print(try scenario.carryOut().text) }
public struct RaftConformance: Sendable {
    /// The known bugs that the nodes have, by their names: with them statements fail.
    let defects: [String]

    /// Makes the statements about a store with these bugs; names that it does not know do nothing.
    public init(defects: [String] = []) { self.defects = defects }

    /// All statements, in the order in which a text about Raft makes them.
    public var scenarios: [ConformanceScenario] { claims.map(\.simulated) }

    /// All statements again, as real processes show them, in the same order.
    public var realScenarios: [RealScenario] { claims.map(\.real) }

    private var claims: [Claim] {
        [
            Claim(roles),
            Claim(candidacy, onlySimulatedBecause: noMessages),
            Claim(majority, onlySimulatedBecause: noMessages),
            Claim(isolatedCandidate, isolatedFollowers),
            Claim(oneVote, oneVoteInRuns),
            Claim(staleTerm, onlySimulatedBecause: "no old message can be sent again to a process"),
            Claim(upToDate, onlySimulatedBecause: "a voter's log can't be written beforehand"),
            Claim(heartbeats, heartbeatsInRuns),
            Claim(
                acknowledgement,
                onlySimulatedBecause: "no disk can be held up while its process runs"),
            Claim(logAlignment),
            Claim(
                commitRule, onlySimulatedBecause: "no single reply between processes can be held"),
            Claim(oldLeader), Claim(isolatedLeader), Claim(splitBrain),
            Claim(reelections, realReelections),
            Claim(consecutiveTerms),
            Claim(logFormat, logFormatInRuns),
        ]
    }

    private var noMessages: String {
        "messages on connections between processes are not looked into"
    }
}

extension RaftConformance {
    /// A statement in both worlds.
    struct Claim {
        var simulated: ConformanceScenario
        var real: RealScenario

        init(_ run: RaftClaim) {
            simulated = run.simulated
            real = RealScenario(simulated, run.experiment)
        }

        init(_ scenario: ConformanceScenario, _ run: RaftClaim) {
            simulated = scenario
            real = RealScenario(scenario, run.experiment)
        }

        init(_ scenario: ConformanceScenario, _ experiment: RealScenario.Experiment) {
            simulated = scenario
            real = RealScenario(scenario, experiment)
        }

        init(_ scenario: ConformanceScenario, onlySimulatedBecause reason: String) {
            simulated = scenario
            real = RealScenario(scenario, onlySimulatedBecause: reason)
        }
    }

    static let second: Nanoseconds = 1_000_000_000
    static let millisecond: Nanoseconds = 1_000_000

    /// A run of five nodes under load, in either world.
    func configuration(
        seconds: Nanoseconds, seed: UInt64 = 1, change: (inout RunConfiguration) -> Void
    ) -> RunConfiguration {
        var run = RunConfiguration(workload: "conformance")
        run.kind = .register
        run.system = "raft"
        run.defects = defects
        run.nodes = 5
        run.concurrency = 10
        run.rate = 200
        run.timeLimit = seconds * Self.second
        run.faults = []
        run.seed = seed
        // A message that is late by an election timeout would blur what a fault brings about.
        run.simulation.network.slowPerMille = 0
        change(&run)
        return run
    }

    /// Faults of these kinds one after the other, each aimed at the next node unless at the leader.
    ///
    /// Each lasts for `length`, and one begins every `period`, both in milliseconds; the first after one
    /// period.
    func faults(
        _ kinds: [FaultKind], length: Nanoseconds, every period: Nanoseconds
    ) -> FaultSchedule {
        FaultSchedule(
            faults: kinds.enumerated().map { place, kind in
                // Steps of two, so that the minorities of two that come up differ in both nodes.
                let order = (0..<5).map { NodeID((2 * place + $0) % 5 + 1) }
                return PlannedFault(
                    id: place + 1, kind: kind,
                    start: .zero + Nanoseconds(place + 1) * period * Self.millisecond,
                    duration: length * Self.millisecond, order: order)
            })
    }

    static func yes(_ holds: Bool) -> String { holds ? "yes" : "no" }
}
