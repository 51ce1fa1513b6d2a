public import Logging
public import Vocabulary

extension Cluster {
    /// How long the guardian may take to end once its pipe has.
    private static let guardianPatience = Duration.seconds(2)

    /// Opens a scope in which nodes can be started.
    ///
    /// When it ends (`body` returns or throws, or the task is cancelled) all nodes and all that
    /// they have spawned are ended before this returns.
    /// - Parameters:
    ///   - guardian: the program of the guardian; nil to look for it beside the harness.
    ///   - readyTimeout: how long a node may take until it is ready.
    ///   - logger: told of starts and ends.
    ///   - now: the time of the run.
    ///   - body: uses the cluster; must not keep it.
    /// - Throws: `ClusterError`, or what `body` throws.
    /// - Returns: what `body` returns.
    public static func run<Result>(
        guardian: String? = nil, readyTimeout: Duration = .seconds(10), logger: Logger,
        now: @escaping @Sendable () -> Instant, body: (Cluster) async throws -> Result
    ) async throws -> Result {
        let guardian = try Guardian(
            path: try ProgramSearch.find(Guardian.program, override: guardian))
        let (orders, ordering) = AsyncStream.makeStream(of: SpawnOrder.self)
        let (groups, grouping) = AsyncStream.makeStream(of: Int32.self)
        let cluster = Cluster(
            readyTimeout: readyTimeout, logger: logger, orders: ordering, now: now)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { grouping.finish() }
                let status = try await guardian.run { grouping.yield($0) }
                await cluster.guardianEnded(status)
            }
            guard let processGroup = await groups.first(where: { _ in true }) else {
                try await tasks.waitForAll()
                throw CancellationError()
            }
            await cluster.join(processGroup)
            tasks.addTask { await carryOut(orders, for: cluster) }
            let outcome: Swift.Result<Result, any Error>
            do { outcome = .success(try await body(cluster)) } catch { outcome = .failure(error) }
            await cluster.close()
            ordering.finish()
            guardian.lifeline.release()
            // One that stands still does not hear that the pipe has ended.
            let watch = Task {
                try await Task.sleep(for: guardianPatience)
                await cluster.endGuardian(processGroup)
            }
            defer { watch.cancel() }
            try await tasks.waitForAll()
            return try outcome.get()
        }
    }

    /// Runs one process for each order, until there are no more and all have ended.
    private static func carryOut(_ orders: AsyncStream<SpawnOrder>, for cluster: Cluster) async {
        await withDiscardingTaskGroup { processes in
            for await order in orders {
                processes.addTask { await order.run(for: cluster) }
            }
            await cluster.ordersEnded()
        }
    }
}
