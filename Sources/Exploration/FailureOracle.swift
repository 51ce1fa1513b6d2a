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
    /// After how many events of the simulated world no further seed is tried.
    ///
    /// So a small scenario gets many tries for the time that a large one takes.
    public var stepsMax: Int

    /// Makes an oracle for a kind of violation.
    public init(violation: String, attempts: Int = 200, stepsMax: Int = 150_000) {
        self.violation = violation
        self.attempts = attempts
        self.stepsMax = stepsMax
    }

    /// A seed with which the scenario fails, its own first; nil if none of those tried does.
    ///
    /// - Throws: `SimulationError`.
    public func failingSeed(of scenario: RunConfiguration) throws -> UInt64? {
        var candidate = scenario
        var steps = 0
        for attempt in 0..<max(1, attempts) {
            if attempt > 0 {
                candidate.seed = Seed(scenario.seed).derived("attempt \(attempt)").rawValue
            }
            let outcome = try SeedOutcome(candidate)
            if outcome.violations.contains(violation) { return candidate.seed }
            steps += outcome.steps
            if steps > stepsMax { break }
        }
        return nil
    }
}
