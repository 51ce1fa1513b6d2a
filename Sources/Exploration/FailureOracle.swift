internal import HistoryModel
internal import Vocabulary
public import Workloads

/// Says whether a scenario still breaks its promise in the same way, in the simulated world.
public struct FailureOracle: Hashable, Sendable {
    /// The kind of violation that counts, such as `invariants/leader-completeness`.
    public let violation: String
    /// How many seeds are tried for each scenario.
    ///
    /// A scenario that lacks an operation draws other delays, so the same faults may need other luck.
    public var attempts: Int
    /// After how many events of the simulated world, for each unit of effort, no further seed is tried.
    ///
    /// So a small scenario gets many tries for the time that a large one takes.
    public static let stepsMax = 25_000

    /// Makes an oracle for a kind of violation.
    public init(violation: String, attempts: Int = 200) {
        self.violation = violation
        self.attempts = attempts
    }

    /// A seed with which the scenario fails, its own first; nil if none of those tried does.
    ///
    /// - Parameters:
    ///   - scenario: The scenario.
    ///   - effort: How many times ``stepsMax`` it is worth.
    /// - Returns: what was found, or nil.
    /// - Throws: `SimulationError`.
    public func failingSeed(of scenario: RunConfiguration, effort: Int) throws -> UInt64? {
        try failure(
            of: scenario, attempts: stride(from: 0, to: attempts, by: 1),
            stepsMax: Self.stepsMax * effort)?.seed
    }

    /// The first of some attempts that fails, with its seed; nil if none does.
    ///
    /// - Parameters:
    ///   - scenario: The scenario.
    ///   - attempts: The numbers of the attempts; each has a seed of its own, 0 the scenario's.
    ///   - stepsMax: After how many events of the simulated world no further one is begun.
    /// - Returns: what was found, or nil.
    /// - Throws: `SimulationError`.
    public func failure(
        of scenario: RunConfiguration, attempts: StrideTo<Int>, stepsMax: Int
    ) throws -> (attempt: Int, seed: UInt64)? {
        var candidate = scenario
        var steps = 0
        for attempt in attempts {
            if attempt > 0 {
                candidate.seed = Seed(scenario.seed).derived("attempt \(attempt)").rawValue
            }
            let outcome = try SeedOutcome(candidate)
            if outcome.violations.contains(violation) { return (attempt, candidate.seed) }
            steps += outcome.steps
            if steps > stepsMax { break }
        }
        return nil
    }
}
