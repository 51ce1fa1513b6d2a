public import HistoryModel
public import Vocabulary

/// Dequeues from every queue that was touched until each was found empty.
///
/// A value that was acknowledged and lost shows only so. Several threads drain several queues at a time,
/// each queue one thread.
public struct Drain: Generator {
    private let function: Function
    private var keys: Set<Value> = []
    private var waiting: [Value] = []
    private var underWay = 0
    private var begun = false

    /// Makes a generator that learns the queues from the events it is told.
    public init(_ function: Function = "dequeue") { self.function = function }

    /// Dequeues from the next queue that was not found empty.
    public mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        if !begun {
            begun = true
            waiting = keys.sorted(by: >)
        }
        guard let key = waiting.popLast() else {
            return underWay == 0 ? .exhausted : .pending(until: nil)
        }
        underWay += 1
        let thread = context.free[Int.random(in: 0..<context.free.count, using: &random)]
        return .operation(OperationTemplate(function: function, key: key), thread: thread)
    }

    /// Collects the queues before the phase; in it, goes on with a queue that was not found empty.
    public mutating func update(_ event: Event, thread: ThreadID) {
        guard let key = event.key else { return }
        guard begun else {
            keys.insert(key)
            return
        }
        guard event.type != .invoke else { return }
        underWay -= 1
        if event.type != .ok || event.value != .null { waiting.append(key) }
    }
}
