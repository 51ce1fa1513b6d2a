public import Shrinking
internal import Synchronization
internal import Vocabulary
public import Workloads

/// Makes a failing scenario smaller by trying, in whichever world.
public struct ShrinkingLoop: Sendable {
    /// What a scenario came to: the seed with which it failed in the same way, or nil; trying harder
    /// the larger the number beside it is.
    public typealias Oracle = @Sendable (RunConfiguration, Int) async throws -> UInt64?

    private let oracle: Oracle
    private let deadline: ContinuousClock.Instant?

    /// Prepares a loop that ends at `deadline`, or when nothing can be made smaller any more.
    public init(deadline: ContinuousClock.Instant?, oracle: @escaping Oracle) {
        self.deadline = deadline
        self.oracle = oracle
    }

    /// Tries until the end; what was found by then is in the shrinker.
    ///
    /// - Parameters:
    ///   - scenario: A scenario that is known to fail.
    ///   - stops: An element asks to end early.
    ///   - passes: What is made smaller, in this order, over and over.
    ///   - onSmaller: Called with each smaller scenario that is found to fail.
    ///   - onProgress: Called after each candidate.
    /// - Returns: the shrinker with the smallest scenario.
    /// - Throws: what the oracle or `onSmaller` throws.
    public func shrink(
        _ scenario: RunConfiguration, stops: AsyncStream<Void>,
        passes: [ShrinkingPass] = ShrinkingPass.allCases,
        onSmaller: @escaping @Sendable (RunConfiguration) throws -> Void = { _ in },
        onProgress: @escaping @Sendable (ShrinkingProgress) -> Void
    ) async throws -> ScenarioShrinker {
        FreedMemory.keepForNextRun()
        let isStopped = Flag()
        let stopper = Task { for await _ in stops { isStopped.raise() } }
        defer { stopper.cancel() }
        var shrinker = ScenarioShrinker(scenario, passes: passes)
        while !isStopped.isRaised, deadline.map({ ContinuousClock.now < $0 }) ?? true,
            let candidate = shrinker.nextCandidate()
        {
            let accepted = shrinker.progress.accepted
            shrinker.record(failingSeed: try await oracle(candidate, shrinker.effort))
            if shrinker.progress.accepted > accepted { try onSmaller(shrinker.smallest) }
            onProgress(shrinker.progress)
            // Others of the few threads there are want to stop this.
            await Task.yield()
        }
        return shrinker
    }

    private final class Flag: Sendable {
        private let state = Mutex(false)
        var isRaised: Bool { state.withLock { $0 } }
        func raise() { state.withLock { $0 = true } }
    }
}
