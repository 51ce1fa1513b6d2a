public import HistoryModel
public import Vocabulary

/// Changes an object of its own until one change has succeeded.
///
/// A system that answers reads after its faults may still be unable to take in anything new.
public struct FinalWrite: Generator {
    /// The key, which no workload uses.
    public static let key: Value = "recovery"
    private let function: Function
    private let hasValue: Bool
    private var attempts: Int64 = 0
    private var isUnderWay = false
    private var isDone = false
    /// Whether each attempt has a key of its own, since an earlier one may be in its way.
    private let isAlone: Bool

    /// Makes the generator.
    ///
    /// - Parameters:
    ///   - function: What changes the object.
    ///   - hasValue: Whether it is given a value, a new one each time.
    ///   - isAlone: Whether each attempt is made on an object of its own.
    public init(_ function: Function = .write, hasValue: Bool = true, isAlone: Bool = false) {
        self.function = function
        self.hasValue = hasValue
        self.isAlone = isAlone
    }

    /// Makes a change unless one is under way or has succeeded.
    public mutating func next(
        _ context: GeneratorContext, random: inout RandomStream
    ) -> GeneratorStep {
        if isDone { return .exhausted }
        if isUnderWay { return .pending(until: nil) }
        isUnderWay = true
        attempts += 1
        let thread = context.free[Int.random(in: 0..<context.free.count, using: &random)]
        return .operation(
            OperationTemplate(
                function: function, key: isAlone ? .text("recovery \(attempts)") : Self.key,
                value: hasValue ? .integer(attempts) : .null),
            thread: thread)
    }

    /// Learns how the change ended.
    public mutating func update(_ event: Event, thread: ThreadID) {
        guard isUnderWay, event.function == function, event.type != .invoke else { return }
        isUnderWay = false
        isDone = event.type == .ok
    }
}
