import HistoryModel

/// How the operations of an object are read as those of a register.
///
/// A lock is a register that is free or held, an element of a set one that is there or not.
struct RegisterReading: Sendable {
    /// What the object is called in sentences, such as `register`.
    var noun: String
    /// The operations that it knows, for whoever used others.
    var vocabulary: String
    /// Whether it is only ever acquired and released.
    var isLock = false
    /// What the register holds at first.
    var initial: Value
    /// What the functions do.
    var verbs: [Function: RegisterVerb]
    /// What an operation says about the register.
    var meaning: @Sendable (RegisterVerb, PackedOperation, ValuePool) -> RegisterMeaning
    /// The value that a code stands for in what an operation says.
    var value: @Sendable (ValueCode, ValuePool) -> Value = { $1.value(of: $0) }
    /// The code that the value has in what operations say; nil if none of them knows it.
    var code: @Sendable (Value, ValuePool) -> ValueCode? = { $1.knownCode(of: $0) }

    /// Read, write and compare-and-set.
    static let register = RegisterReading(
        noun: "register", vocabulary: "read, write and cas with [expected new]", initial: .null,
        verbs: [.read: .read, .write: .write, .cas: .cas]
    ) { verb, operation, _ in operation.meaningForRegister(verb) }
}

/// Reads the operations of one list.
struct RegisterReader {
    private let reading: RegisterReading
    private let pool: ValuePool
    /// Per number of a function: what it does.
    private let verbs: [RegisterVerb?]

    init(_ reading: RegisterReading, of list: OperationList) {
        self.reading = reading
        pool = list.pool
        verbs = list.functions.map { reading.verbs[$0] }
    }

    /// What an operation says about the register.
    func meaning(of operation: PackedOperation) -> RegisterMeaning {
        guard let verb = verbs[Int(operation.function)] else {
            return operation.outcome == .fail ? .nothing : .unintelligible
        }
        return reading.meaning(verb, operation, pool)
    }

    /// The value that a code stands for.
    func value(of code: ValueCode) -> Value { reading.value(code, pool) }

    /// The code of what the register holds at first: one of its own if no operation knows it.
    func code(ofInitial value: Value) -> ValueCode { reading.code(value, pool) ?? .absent }
}
