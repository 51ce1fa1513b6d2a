/// Runs `work`, and the watchers beside it for as long as it lasts.
///
/// A watcher may end early; one that throws ends the work, too, so that nothing goes wrong unseen.
/// - Throws: what the work or a watcher throws first.
public func runWatched(
    by watchers: [@Sendable () async throws -> Void],
    _ work: @escaping @Sendable () async throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: Bool.self) { tasks in
        for watcher in watchers {
            tasks.addTask {
                try await watcher()
                return false
            }
        }
        tasks.addTask {
            try await work()
            return true
        }
        while let isWork = try await tasks.next(), !isWork {}
        tasks.cancelAll()
    }
}
