public import Exploration
internal import HistoryModel
internal import Synchronization
internal import Vocabulary
public import Workloads

/// Tries many seeds, side by side.
public struct Explorer: Sendable {
    private let seeds: [UInt64]?
    private let firstSeed: UInt64
    private let jobs: Int
    private let keepsGoing: Bool
    private let scenario: @Sendable (UInt64) -> RunConfiguration

    /// Prepares the exploration of some seeds.
    ///
    /// - Parameters:
    ///   - seeds: The seeds in the order in which they are begun; nil for all from `firstSeed` on,
    ///     without end.
    ///   - firstSeed: Where to begin if `seeds` is nil.
    ///   - jobs: How many run at a time.
    ///   - keepsGoing: Whether to go on after a violation.
    ///   - scenario: What a seed stands for.
    public init(
        seeds: [UInt64]?, firstSeed: UInt64 = 1, jobs: Int, keepsGoing: Bool,
        scenario: @escaping @Sendable (UInt64) -> RunConfiguration
    ) {
        self.seeds = seeds
        self.firstSeed = firstSeed
        self.jobs = jobs
        self.keepsGoing = keepsGoing
        self.scenario = scenario
    }

    /// What the workers share.
    private final class Board: Sendable {
        struct State {
            var begun = 0
            var isStopped = false
            var summary = ExplorationSummary()
        }

        let state = Mutex(State())

        var summary: ExplorationSummary { state.withLock { $0.summary } }

        func stop() { state.withLock { $0.isStopped = true } }
    }

    /// Explores until the seeds are used up, a violation is found, or it is stopped.
    ///
    /// What is under way then still ends and counts. A seed on which the harness itself fails is told
    /// in the summary and ends nothing.
    /// - Parameters:
    ///   - stops: An element asks to end early.
    ///   - deadline: When to begin nothing new; nil for never.
    ///   - onViolation: Called on the worker's thread with each seed that broke a promise.
    ///   - onProgress: Called about four times a second.
    /// - Returns: what all seeds that were begun came to.
    /// - Throws: what `onViolation` throws; nothing new is begun then.
    public func explore(
        stops: AsyncStream<Void>, deadline: ContinuousClock.Instant?,
        onViolation: @escaping @Sendable (SeedOutcome) throws -> Void = { _ in },
        onProgress: @escaping @Sendable (ExplorationSummary) -> Void
    ) async throws -> ExplorationSummary {
        FreedMemory.keepForNextRun()
        let board = Board()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            let progress = Task {
                while !Task.isCancelled {
                    onProgress(board.summary)
                    try? await Task.sleep(for: .milliseconds(250))
                }
            }
            let stopper = Task {
                for await _ in stops { board.stop() }
            }
            defer {
                progress.cancel()
                stopper.cancel()
            }
            for _ in 0..<jobs {
                tasks.addTask {
                    try await DedicatedThread.run { try work(board, until: deadline, onViolation) }
                }
            }
            for try await _ in tasks {}
        }
        return board.summary
    }

    private func work(
        _ board: Board, until deadline: ContinuousClock.Instant?,
        _ onViolation: @Sendable (SeedOutcome) throws -> Void
    ) throws {
        while let seed = next(board, deadline) {
            let outcome: SeedOutcome
            do {
                outcome = try SeedOutcome(scenario(seed))
            } catch {
                board.state.withLock { $0.summary.addFailure(seed: seed, reason: "\(error)") }
                continue
            }
            board.state.withLock { state in
                state.summary.add(outcome)
                if outcome.verdict == .invalid, !keepsGoing { state.isStopped = true }
            }
            guard outcome.verdict == .invalid else { continue }
            do {
                try onViolation(outcome)
            } catch {
                board.stop()
                throw error
            }
        }
    }

    private func next(
        _ board: Board, _ deadline: ContinuousClock.Instant?
    ) -> UInt64? {
        if let deadline, ContinuousClock.now >= deadline { return nil }
        return board.state.withLock { state in
            guard !state.isStopped else { return nil }
            let place = state.begun
            guard let seeds else {
                state.begun += 1
                return firstSeed &+ UInt64(place)
            }
            guard place < seeds.count else { return nil }
            state.begun += 1
            return seeds[place]
        }
    }
}
