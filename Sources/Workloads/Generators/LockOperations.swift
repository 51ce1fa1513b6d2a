public import HistoryModel
public import Vocabulary

/// Acquires and releases of one lock: a thread that holds it releases it, others try to acquire it.
public struct LockOperations: Generator {
    private var holders: Set<ThreadID> = []

    /// Makes a generator for a lock that nobody holds.
    public init() {}

    /// Draws a free thread; what it does follows from what it holds.
    public mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        let thread = context.free[Int.random(in: 0..<context.free.count, using: &random)]
        return .operation(
            OperationTemplate(function: holders.contains(thread) ? "release" : "acquire"),
            thread: thread)
    }

    /// Learns who holds the lock; after an unknown outcome a thread is a new process, and holds nothing.
    public mutating func update(_ event: Event, thread: ThreadID) {
        guard event.type != .invoke else { return }
        if event.type == .ok, event.function == "acquire" {
            holders.insert(thread)
        } else if event.type != .fail || event.function == "release" {
            holders.remove(thread)
        }
    }
}
