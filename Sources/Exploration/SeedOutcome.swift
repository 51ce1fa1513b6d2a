internal import Checkers
internal import Faults
public import HistoryModel
public import Simulator
public import Vocabulary
public import Workloads

/// What one seed came to.
public struct SeedOutcome: Sendable {
    /// The seed.
    public var seed: UInt64
    /// What the checkers conclude together.
    public var verdict: Verdict
    /// The kinds of violations, such as `linearizability/stale-read`; empty unless invalid.
    public var violations: [String]
    /// Why it is unknown; empty unless it is.
    public var unknowns: [String]
    /// Whether faults were asked for and none touched anything, or none was even applied.
    public var touchedNothing: Bool
    /// The run, to be kept if there is something to show.
    public var record: RunRecord
    /// The hash of everything that happened.
    public var traceHash: String
    /// Which interesting things happened.
    public var coverage: Coverage
    /// How much virtual time has passed.
    public var length: Nanoseconds
    /// How many events the world went through.
    public var steps: Int

    /// Simulates a scenario and judges it.
    ///
    /// - Throws: ``SimulationError`` if its system has no simulated form.
    public init(_ scenario: RunConfiguration) throws {
        let run = try SimulatedRun(scenario)
        seed = scenario.seed
        record = run.record
        traceHash = run.traceHash
        coverage = run.coverage
        length = run.length
        steps = run.steps
        record.metadata = RunMetadata(scenario: scenario, traceHash: run.traceHash)
        record.results = try RunChecks.results(
            for: record, promise: ConsistencyModel(scenario), budget: .simulated)
        verdict = record.verdict
        violations = record.results.filter { $0.verdict == .invalid }.map(\.violation)
        unknowns = record.results.filter { $0.verdict == .unknown }.map(\.checker)
        let asksForFaults = !scenario.faults.isEmpty || !scenario.effectiveSchedule.faults.isEmpty
        touchedNothing = asksForFaults && record.faults.allSatisfy { $0.touched == 0 }
    }
}

extension CheckerResult {
    /// What kind of violation an invalid result is: the checker, and what it calls it.
    public var violation: String { kind.map { "\(checker)/\($0)" } ?? checker }
}

extension RunMetadata {
    /// What the checkers need to know of a run that is not stored anywhere yet.
    fileprivate init(scenario: RunConfiguration, traceHash: String) {
        self.init(
            id: "seed-\(scenario.seed)", startedAt: "", workload: scenario.workload,
            system: scenario.system, defects: scenario.defects, nodes: scenario.nodes,
            seed: scenario.seed, world: Self.simulated, command: [], configuration: "",
            versions: [:], faultsPlanned: scenario.effectiveSchedule.faults.count,
            traceHash: traceHash)
    }
}
