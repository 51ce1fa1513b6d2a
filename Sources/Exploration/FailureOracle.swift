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

    /// Makes an oracle for a kind of violation.
    public init(violation: String, attempts: Int = 8) {
        self.violation = violation
        self.attempts = attempts
    }

    /// A seed with which the scenario fails, its own first; nil if none of those tried does.
    ///
    /// - Throws: `SimulationError`.
    public func failingSeed(of scenario: RunConfiguration) throws -> UInt64? {
        var candidate = scenario
        for attempt in 0..<max(1, attempts) {
            if attempt > 0 {
                candidate.seed = Seed(scenario.seed).derived("attempt \(attempt)").rawValue
            }
            let outcome = try SeedOutcome(candidate)
            if outcome.violations.contains(violation) { return candidate.seed }
        }
        return nil
    }
}
