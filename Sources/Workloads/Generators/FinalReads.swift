public import HistoryModel
public import Vocabulary

/// Reads every key that was touched until each has been read once with success.
///
/// A write that was acknowledged and lost is seen here even if nobody asked for its key again.
public struct FinalReads: Generator {
    private var keys: Set<Value> = []
    /// The key that was told last; most events tell one of the same key again.
    private var lastKey: Value?
    private var waiting: [Value] = []
    private var underWay = 0
    private var begun = false

    /// Makes a generator that learns the keys from the events it is told.
    public init() {}

    /// Reads the next key that has not been read.
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
        return .operation(OperationTemplate(function: .read, key: key), thread: thread)
    }

    /// Collects the keys before the phase; in it, puts a key back that could not be read.
    public mutating func update(_ event: Event, thread: ThreadID) {
        guard let key = event.key else { return }
        guard begun else {
            if key != lastKey {
                keys.insert(key)
                lastKey = key
            }
            return
        }
        switch event.type {
        case .invoke: break
        case .ok: underWay -= 1
        case .fail, .info:
            underWay -= 1
            waiting.append(key)
        }
    }
}
