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
    ///   - jobs: How many seeds are tried side by side; the outcome depends on it, not on the time that
    ///     anything takes.
    /// - Returns: the seed, or nil.
    /// - Throws: `SimulationError`.
    public func failingSeed(
        of scenario: RunConfiguration, effort: Int, jobs: Int
    ) async throws -> UInt64? {
        try await withThrowingTaskGroup(of: (attempt: Int, seed: UInt64)?.self) { tasks in
            for job in 0..<jobs {
                tasks.addTask {
                    try failure(
                        of: scenario, attempts: stride(from: job, to: attempts, by: jobs),
                        stepsMax: Self.stepsMax * effort / jobs)
                }
            }
            var first: (attempt: Int, seed: UInt64)?
            for try await found in tasks {
                guard let found, found.attempt < first?.attempt ?? .max else { continue }
                first = found
            }
            return first?.seed
        }
    }

    /// The same on one core.
    public func failingSeed(of scenario: RunConfiguration, effort: Int) throws -> UInt64? {
        try failure(
            of: scenario, attempts: stride(from: 0, to: attempts, by: 1),
            stepsMax: Self.stepsMax * effort)?.seed
    }

    private func failure(
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
