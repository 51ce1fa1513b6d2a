public import HistoryModel
public import Vocabulary
public import Workloads

/// What the interpreter wants done, in this order.
public enum InterpreterEffect: Hashable, Sendable {
    /// Append the event to the history; an invocation is recorded before it is sent.
    case record(Event)
    /// Hand the operation to the client of its thread; answered by a ``Completion``.
    case invoke(Invocation)
    /// Call again at this time, even if nothing has completed.
    case wake(at: Instant)
    /// Everything is done; nothing more will come.
    case finished
}

/// Decides which thread does what and when: the pure middle of every run.
///
/// A logical process runs one operation at a time. After an outcome of `info` its number is retired
/// and the thread goes on under a new one, `concurrency` higher, so process mod concurrency is
/// always the thread. Completions that wait are handled before anything new is invoked, so the
/// history never claims more concurrency than there was.
public struct Interpreter: Sendable {
    private var source: any Generator
    private var random: RandomStream
    private let concurrency: Int
    /// The process of each thread.
    private var processes: [ProcessID]
    /// What each thread is doing; nil if it is free or rests.
    private var running: [OperationTemplate?]
    private var free: [ThreadID]
    private var resting: [(until: Instant, thread: ThreadID)] = []
    private var nextIndex = 0
    private var exhausted = false
    private var isFinished = false

    /// The number of operations that have begun and not ended.
    public private(set) var openCount = 0

    /// Makes an interpreter of `concurrency` threads, at least 1, that asks `source` for work.
    public init(source: any Generator, concurrency: Int, seed: Seed) {
        self.source = source
        self.concurrency = concurrency
        random = seed.stream("interpreter")
        processes = (0..<concurrency).map { ProcessID($0) }
        running = Array(repeating: nil, count: concurrency)
        free = (0..<concurrency).map { ThreadID($0) }
    }

    /// Invokes nothing more; what is under way may still end.
    public mutating func stop() { exhausted = true }

    /// Takes what has ended, then gives every free thread something to do.
    ///
    /// - Parameters:
    ///   - completions: What has ended since the last call, in the order in which it was seen.
    ///   - now: The time; never goes back.
    ///   - faultsOver: Whether all faults are over and healed.
    ///   - effects: Gets what is to be done, in order.
    /// - Complexity: O(concurrency) an operation.
    public mutating func step(
        completions: [Completion], now: Instant, faultsOver: Bool,
        effects: inout [InterpreterEffect]
    ) {
        guard !isFinished else { return }
        for completion in completions { take(completion, now: now, effects: &effects) }
        wakeRested(now: now)
        let wakeAt = invokeAll(now: now, faultsOver: faultsOver, effects: &effects)
        if exhausted && openCount == 0 {
            isFinished = true
            effects.append(.finished)
        } else if let wakeAt {
            effects.append(.wake(at: wakeAt))
        }
    }

    private mutating func take(
        _ completion: Completion, now: Instant, effects: inout [InterpreterEffect]
    ) {
        let thread = completion.thread
        guard let operation = running[thread.rawValue] else { return }
        running[thread.rawValue] = nil
        openCount -= 1
        let process = processes[thread.rawValue]
        let event = Event(
            index: takeIndex(), time: now, process: process, type: completion.type,
            function: operation.function, key: operation.key, value: completion.value,
            found: completion.found, error: completion.error, node: completion.node)
        effects.append(.record(event))
        source.update(event, thread: thread)
        if completion.type == .info {
            processes[thread.rawValue] = ProcessID(process.rawValue + concurrency)
        }
        if completion.backOff > 0 {
            resting.append((now + completion.backOff, thread))
        } else {
            insertFree(thread)
        }
    }

    private mutating func wakeRested(now: Instant) {
        guard !resting.isEmpty else { return }
        for rested in resting where rested.until <= now { insertFree(rested.thread) }
        resting.removeAll { $0.until <= now }
    }

    /// Asks the source until it has nothing for now; returns when to ask again.
    private mutating func invokeAll(
        now: Instant, faultsOver: Bool, effects: inout [InterpreterEffect]
    ) -> Instant? {
        var wakeAt = resting.map(\.until).min()
        while !exhausted && !free.isEmpty {
            let context = GeneratorContext(
                now: now, free: free, threadCount: concurrency, faultsOver: faultsOver)
            switch source.next(context, random: &random) {
            case .operation(let operation, let thread):
                invoke(operation, on: thread, now: now, effects: &effects)
            case .pending(let until):
                if let until { wakeAt = min(wakeAt ?? until, until) }
                return wakeAt
            case .exhausted: exhausted = true
            }
        }
        return wakeAt
    }

    private mutating func invoke(
        _ operation: OperationTemplate, on thread: ThreadID, now: Instant,
        effects: inout [InterpreterEffect]
    ) {
        guard let place = free.firstIndex(of: thread) else { return }
        free.remove(at: place)
        running[thread.rawValue] = operation
        openCount += 1
        let process = processes[thread.rawValue]
        let event = Event(
            index: takeIndex(), time: now, process: process, type: .invoke,
            function: operation.function, key: operation.key, value: operation.value)
        effects.append(.record(event))
        source.update(event, thread: thread)
        effects.append(
            .invoke(
                Invocation(
                    thread: thread, process: process, operation: operation, index: event.index)))
    }

    private mutating func insertFree(_ thread: ThreadID) {
        let place = free.firstIndex { thread < $0 } ?? free.endIndex
        free.insert(thread, at: place)
    }

    private mutating func takeIndex() -> Int {
        defer { nextIndex += 1 }
        return nextIndex
    }
}
