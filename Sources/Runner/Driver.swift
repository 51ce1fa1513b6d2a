internal import Checkers
internal import HistoryModel
internal import Interpreter
internal import NIOCore
internal import Synchronization
internal import Systems
internal import Vocabulary
internal import Workloads

/// Runs the interpreter in real time: wakes it when something ended or is due, and carries out
/// what it wants.
///
/// It lives on one event loop, so its steps follow one another without a lock.
actor Driver {
    private let loop: any EventLoop
    private let system: any RunningSystem
    private let clock: RunClock
    private let recorder: EventRecorder
    private let mailbox = CompletionMailbox()
    private let progress: Mutex<RunProgress>

    private var interpreter: Interpreter
    private var effects: [InterpreterEffect] = []
    private var buffer: [Event] = []
    private var faultsOver = false
    private var wake: (at: Instant, timer: Scheduled<Void>)?
    private var finished = false
    private var lastTick: Instant?
    private let stallsSeen = Mutex<[NodeTraceEvent]>([])
    private var waiter: CheckedContinuation<Void, Never>?

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        loop.executor.asUnownedSerialExecutor()
    }

    init(
        loop: any EventLoop, system: any RunningSystem, clock: RunClock,
        recorder: EventRecorder, configuration: RunConfiguration
    ) {
        self.loop = loop
        self.system = system
        self.clock = clock
        self.recorder = recorder
        progress = Mutex(RunProgress())
        interpreter = Interpreter(
            source: configuration.generator,
            concurrency: configuration.concurrency, seed: Seed(configuration.seed))
    }

    /// Runs until the workload is done, stopped, or the task is cancelled, and everything is handed
    /// to the recorder.
    func run() async {
        let flushes = loop.scheduleRepeatedTask(
            initialDelay: .milliseconds(50), delay: .milliseconds(50)
        ) { _ in self.assumeIsolated { $0.tick() } }
        step()
        await withTaskCancellationHandler {
            if !finished { await withCheckedContinuation { waiter = $0 } }
        } onCancel: {
            loop.execute { self.assumeIsolated { $0.finish() } }
        }
        flushes.cancel()
        flush()
        recorder.close()
    }

    /// Invokes nothing more; returns at once.
    func stop() {
        interpreter.stop()
        step()
    }

    /// Tells the workload that all faults are over.
    func endFaults() {
        faultsOver = true
        step()
    }

    /// The counts so far.
    nonisolated func counts() -> RunProgress { progress.withLock { $0 } }

    /// The times at which the harness itself stood still: what timed out then accuses nobody.
    nonisolated func stalls() -> [NodeTraceEvent] { stallsSeen.withLock { $0 } }

    private func tick() {
        let now = clock.now()
        if let lastTick, now - lastTick > Self.stallMin {
            let event = NodeTraceEvent(
                time: now, node: .harness, name: RecoveryChecker.stalled,
                index: Int(now - lastTick), detail: "for \(Instant(nanoseconds: now - lastTick))")
            stallsSeen.withLock { $0.append(event) }
        }
        lastTick = now
        flush()
    }

    private static let stallMin: Nanoseconds = 1_000_000_000

    private func step() {
        guard !finished else { return }
        effects.removeAll(keepingCapacity: true)
        let now = clock.now()
        interpreter.step(
            completions: mailbox.take(), now: now, faultsOver: faultsOver, effects: &effects)
        var invocations: [Invocation] = []
        let firstNew = buffer.count
        for effect in effects {
            switch effect {
            case .record(let event): buffer.append(event)
            case .invoke(let invocation): invocations.append(invocation)
            case .wake(let instant): schedule(at: instant, now: now)
            case .finished: finish()
            }
        }
        progress.withLock { progress in
            for event in buffer[firstNew...] { progress.count(event.type) }
        }
        if buffer.count >= 1_000 { flush() }
        if !invocations.isEmpty { submit(invocations) }
    }

    private func submit(_ invocations: [Invocation]) {
        let (mailbox, loop) = (mailbox, loop)
        system.submit(invocations) { completion in
            guard mailbox.post(completion) else { return }
            loop.execute { self.assumeIsolated { $0.step() } }
        }
    }

    private func schedule(at instant: Instant, now: Instant) {
        if let wake {
            guard instant < wake.at else { return }
            wake.timer.cancel()
        }
        let delay = TimeAmount.nanoseconds(max(0, instant - now))
        let timer = loop.scheduleTask(in: delay) {
            self.assumeIsolated { driver in
                driver.wake = nil
                driver.step()
            }
        }
        wake = (instant, timer)
    }

    private func flush() {
        guard !buffer.isEmpty else { return }
        recorder.append(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private func finish() {
        finished = true
        wake?.timer.cancel()
        waiter?.resume()
        waiter = nil
    }
}
