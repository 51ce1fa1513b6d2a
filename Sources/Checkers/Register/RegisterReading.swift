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
    /// What an operation says about the register.
    var meaning: @Sendable (Operation) -> RegisterMeaning

    /// Read, write and compare-and-set.
    static let register = RegisterReading(
        noun: "register", vocabulary: "read, write and cas with [expected new]", initial: .null
    ) { $0.registerMeaning }
}
