public import Checkers
internal import Faults
public import HistoryModel
internal import HistoryStore
internal import NIOCore
internal import NIOPosix
public import Systems
internal import Vocabulary
public import Workloads

/// One run in the real world: starts the system, drives load and faults, and records everything.
public struct RealRun: Sendable {
    private let configuration: RunConfiguration
    private let system: any SystemUnderTest
    private let folder: RunFolder
    private let metadata: RunMetadata
    private let clock: RunClock

    /// Prepares a run that will be recorded in `folder`, with times by `clock`.
    public init(
        configuration: RunConfiguration, system: any SystemUnderTest, folder: RunFolder,
        metadata: RunMetadata, clock: RunClock = RunClock()
    ) {
        self.clock = clock
        self.configuration = configuration
        self.system = system
        self.folder = folder
        self.metadata = metadata
    }

    /// Carries the run out; at the end the run file is complete, but not judged.
    ///
    /// - Parameters:
    ///   - stops: Each element is a request to end early: faults are healed, what is under way may
    ///     end, and the run file says that it was cut short.
    ///   - failFast: Whether to end the same way at the first violation.
    ///   - onProgress: Called about four times a second.
    ///   - onJudged: Called when the last operation has ended, with what was judged of the history
    ///     while it was made; not if the workload's promise can only be judged by the whole.
    /// - Throws: what the system throws when it can't be started, or `RunStoreError`; the system has
    ///   been ended then, too.
    public func execute(
        stops: AsyncStream<Void>, failFast: Bool = false,
        onProgress: @escaping @Sendable (RunProgress) -> Void,
        onJudged: @escaping @Sendable (StreamingChecker) -> Void = { _ in }
    ) async throws {
        let judge = LiveJudge(configuration)
        let writer = try RunWriter(creating: folder.database, metadata: metadata)
        let environment = SystemEnvironment(
            configuration: configuration, directory: folder.nodes, clock: clock)
        do {
            try await system.withRunning(environment) { running in
                try await drive(
                    running, writer: writer, judge: judge, stops: stops,
                    failFast: failFast, onProgress: onProgress)
                if let checker = judge.finish() { onJudged(checker) }
            }
        } catch {
            try? await writer.append(notices: ["the run broke off: \(error)"])
            try? await writer.finish()
            throw error
        }
        try await writer.finish()
    }

    private func drive(
        _ running: any RunningSystem, writer: RunWriter, judge: LiveJudge,
        stops: AsyncStream<Void>, failFast: Bool,
        onProgress: @escaping @Sendable (RunProgress) -> Void
    ) async throws {
        let origin = clock.now()
        try await writer.record([RunPhase(name: RunPhase.load, start: origin)])
        let recorder = EventRecorder(writer: writer, judge: judge)
        let driver = Driver(
            loop: MultiThreadedEventLoopGroup.singleton.next(), system: running, clock: clock,
            recorder: recorder, configuration: configuration)
        let nemesis = NemesisPlayer(
            schedule: configuration.effectiveSchedule, origin: origin,
            loadEnd: origin + configuration.timeLimit, system: running, clock: clock,
            writer: writer)
        let timeline = RunTimeline(
            origin: origin, timeLimit: configuration.timeLimit, clock: clock)

        @Sendable func stop() async {
            timeline.stop()
            nemesis.stop()
            await driver.stop()
        }
        try await runWatched(by: [
            { try await keepTraces(running, writer: writer) },
            { await watch(driver, nemesis, running, timeline, judge, onProgress) },
            { for await _ in stops { await stop() } },
            { for await _ in judge.violations where failFast { await stop() } },
        ]) {
            try await withThrowingTaskGroup(of: Void.self) { work in
                work.addTask { try await recorder.run() }
                work.addTask {
                    await driver.run()
                    timeline.workloadEnded()
                }
                work.addTask {
                    try await nemesis.run()
                    timeline.faultsEnded()
                    await driver.endFaults()
                }
                // Not `waitForAll`, which would go on with the rest after one has failed.
                for try await _ in work {}
            }
        }
        try await writer.append(running.takeTraces() + driver.stalls())
        try await writer.record(timeline.finish())
        if timeline.wasStopped {
            let reason = failFast ? judge.violation?.description : nil
            try await writer.append(notices: [
                "the run was stopped early " + (reason.map { "at \($0)" } ?? "by request")
            ])
        } else {
            try await writer.markFinished()
        }
    }

    /// Stores what the nodes say of themselves, while they say it.
    private func keepTraces(_ running: any RunningSystem, writer: RunWriter) async throws {
        while !Task.isCancelled {
            let traces = running.takeTraces()
            // What was taken must be stored even if the run ends at this moment, and SQLite breaks
            // off what a cancelled task writes: so a task of its own does it.
            if !traces.isEmpty { try await Task { try await writer.append(traces) }.value }
            try? await Task.sleep(for: .milliseconds(200))
        }
    }

    private func watch(
        _ driver: Driver, _ nemesis: NemesisPlayer, _ running: any RunningSystem,
        _ timeline: RunTimeline, _ judge: LiveJudge,
        _ onProgress: @Sendable (RunProgress) -> Void
    ) async {
        while !Task.isCancelled {
            var progress = driver.counts()
            progress.now = timeline.now()
            progress.loadStart = timeline.origin
            progress.timeLimit = configuration.timeLimit
            progress.stage = timeline.stage
            progress.fault = nemesis.current
            progress.leader = running.leader()
            progress.violation = judge.violation
            onProgress(progress)
            try? await Task.sleep(for: .milliseconds(250))
        }
    }
}
