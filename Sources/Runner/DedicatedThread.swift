internal import Foundation

/// Long computations that would hold up everybody who shares the few threads of tasks: progress,
/// and above all Ctrl-C.
public enum DedicatedThread {
    /// Does `work` on a thread of its own.
    ///
    /// - Returns: what the work returns.
    /// - Throws: what the work throws.
    public static func run<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread {
                continuation.resume(with: Swift.Result(catching: work))
            }
            // As much as the main thread has: checkers recurse.
            thread.stackSize = 8 << 20
            thread.start()
        }
    }
}
