internal import Checkers
internal import HistoryModel
internal import Synchronization
internal import Systems
internal import Vocabulary

/// Keeps when the phases of a run began and ended.
final class RunTimeline: Sendable {
    private struct Marks {
        var stopped: Instant?
        var faultsEnded: Instant?
        var workloadEnded: Instant?
    }

    let origin: Instant
    private let timeLimit: Nanoseconds
    private let clock: RunClock
    private let marks = Mutex(Marks())

    init(origin: Instant, timeLimit: Nanoseconds, clock: RunClock) {
        self.origin = origin
        self.timeLimit = timeLimit
        self.clock = clock
    }

    func now() -> Instant { clock.now() }

    /// The run is to end early.
    func stop() { marks.withLock { $0.stopped = $0.stopped ?? clock.now() } }

    /// The last fault is healed.
    func faultsEnded() { marks.withLock { $0.faultsEnded = clock.now() } }

    /// The last operation has ended.
    func workloadEnded() { marks.withLock { $0.workloadEnded = clock.now() } }

    var wasStopped: Bool { marks.withLock { $0.stopped != nil } }

    /// What the run is doing now, for a person.
    var stage: String {
        if wasStopped { return "stopping" }
        return clock.now() < origin + timeLimit ? "load" : "recovery"
    }

    /// The phases, now that everything is over.
    ///
    /// The recovery begins when both the load and the faults are over.
    func finish() -> [RunPhase] {
        let marks = marks.withLock { $0 }
        let end = marks.workloadEnded ?? clock.now()
        let loadEnd = min(marks.stopped ?? origin + timeLimit, end)
        var phases = [RunPhase(name: RunPhase.load, start: origin, end: loadEnd)]
        if marks.stopped == nil {
            let start = max(loadEnd, marks.faultsEnded ?? loadEnd)
            phases.append(
                RunPhase(name: RecoveryChecker.phase, start: min(start, end), end: end))
        }
        return phases
    }
}
