public import Exploration
public import Workloads

extension FailureOracle {
    /// A seed with which the scenario fails, its own first; nil if none of those tried does.
    ///
    /// - Parameters:
    ///   - scenario: The scenario.
    ///   - effort: How many times ``stepsMax`` it is worth.
    ///   - jobs: How many seeds are tried side by side; the outcome depends on it, not on the time
    ///     that anything takes.
    /// - Returns: the seed, or nil.
    /// - Throws: `SimulationError`.
    public func failingSeed(
        of scenario: RunConfiguration, effort: Int, jobs: Int
    ) async throws -> UInt64? {
        try await withThrowingTaskGroup(of: (attempt: Int, seed: UInt64)?.self) { tasks in
            for job in 0..<jobs {
                tasks.addTask {
                    try await DedicatedThread.run {
                        try failure(
                            of: scenario, attempts: stride(from: job, to: attempts, by: jobs),
                            stepsMax: Self.stepsMax * effort / jobs)
                    }
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
}
