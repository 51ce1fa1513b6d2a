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
    /// What the object is.
    var object = Object.register

    /// The objects that are read as registers.
    enum Object: Sendable {
        case register
        /// A register of texts, in which null is the empty one.
        case text
        /// A lock that anybody may release.
        case mutex
        /// A lock that only the process that holds it may release.
        case lock
        /// An element of a set.
        case element

        /// Whether its values are so many that a stream is worth trying.
        var isStreamed: Bool { self == .register || self == .text }
    }

    /// Read, write and compare-and-set.
    static let register = RegisterReading(
        noun: "register", vocabulary: "read, write and cas with [expected new]", initial: .null,
        verbs: [.read: .read, .write: .write, .cas: .cas])
}
