public import HistoryModel
public import Vocabulary

/// Writes to a key of its own until one write has succeeded.
///
/// A system that answers reads after its faults may still be unable to take in anything new.
public struct FinalWrite: Generator {
    /// The key, which no workload uses.
    public static let key: Value = "recovery"
    private var attempts: Int64 = 0
    private var isUnderWay = false
    private var isDone = false

    /// Makes the generator.
    public init() {}

    /// Writes a new value unless a write is under way or has succeeded.
    public mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        if isDone { return .exhausted }
        if isUnderWay { return .pending(until: nil) }
        isUnderWay = true
        attempts += 1
        let thread = context.free[Int.random(in: 0..<context.free.count, using: &random)]
        return .operation(
            OperationTemplate(function: .write, key: Self.key, value: .integer(attempts)),
            thread: thread)
    }

    /// Learns how the write ended.
    public mutating func update(_ event: Event, thread: ThreadID) {
        guard event.key == Self.key, event.function == .write, event.type != .invoke else { return }
        isUnderWay = false
        isDone = event.type == .ok
    }
}
