internal import Vocabulary
internal import Workloads

/// The clients of a system of processes, one per thread.
protocol ProcessClients: Sendable {
    /// Carries out an invocation; `deliver` is called exactly once.
    func submit(
        _ invocation: Invocation, deliver: @escaping @Sendable (Completion) -> Void)

    /// Ends all connections.
    func close()
}
