public import HistoryModel
public import Vocabulary

/// What a generator may know when it is asked for an operation.
public struct GeneratorContext: Sendable {
    /// The time.
    public var now: Instant
    /// The threads that have nothing to do, in order; never empty.
    public var free: [ThreadID]
    /// How many threads this generator serves in all.
    public var threadCount: Int
    /// Whether all faults are over and healed.
    public var faultsOver: Bool

    /// Makes a context; see the properties.
    public init(now: Instant, free: [ThreadID], threadCount: Int, faultsOver: Bool) {
        self.now = now
        self.free = free
        self.threadCount = threadCount
        self.faultsOver = faultsOver
    }

    /// Whether every thread is free.
    public var allFree: Bool { free.count == threadCount }

    /// The same context as seen by a generator that serves only some threads; nil if none of
    /// them is free.
    public func restricted(to threads: Range<Int>) -> GeneratorContext? {
        let mine = free.filter { threads.contains($0.rawValue) }
        guard !mine.isEmpty else { return nil }
        return GeneratorContext(
            now: now, free: mine, threadCount: threads.count, faultsOver: faultsOver)
    }
}

/// A generator's answer.
public enum GeneratorStep: Hashable, Sendable {
    /// This thread, which was free, is to do this now.
    case operation(OperationTemplate, thread: ThreadID)
    /// Nothing now; ask again when something has ended, or at that time at the latest.
    case pending(until: Instant?)
    /// Nothing more will come.
    case exhausted
}

/// A source of operations: a value that is asked for the next one and told what became of it.
///
/// Generators are combined into larger ones. They never wait and never look at a clock: what they
/// need to know is in the context. After `exhausted` a generator is not asked again.
public protocol Generator: Sendable {
    /// Says what is to be done next.
    mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep

    /// Learns that an operation of `thread` has begun or ended.
    mutating func update(_ event: Event, thread: ThreadID)
}

extension Generator {
    /// Learns nothing.
    public mutating func update(_ event: Event, thread: ThreadID) {}
}
