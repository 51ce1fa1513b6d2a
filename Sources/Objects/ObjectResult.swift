/// What an operation answers.
public enum ObjectResult: Hashable, Sendable {
    /// The change was made.
    case done
    /// A value, a number, a fencing token or an id; nil for a register that was never written and
    /// for an empty queue.
    case value(Int64?)
    /// All elements: of a set in ascending order, of a list in the list's own.
    case elements([Int64])
    /// The operation has changed nothing and never will.
    case refused(ObjectRefusal)
}

/// Why an object refused an operation.
public enum ObjectRefusal: Hashable, Sendable {
    /// The compare-and-set found another value; nil if the register was never written.
    case mismatch(found: Int64?)
    /// The lock is held, by the client itself or by another.
    case held
    /// The client does not hold the lock.
    case notHeld
    /// The counter would leave the range of 64 bits.
    case overflow
    /// The key holds an object of another type.
    case wrongObject
}

extension ObjectRefusal: CustomStringConvertible {
    /// The reason as histories record it.
    public var description: String {
        switch self {
        case .mismatch: "mismatch"
        case .held: "held"
        case .notHeld: "not-held"
        case .overflow: "overflow"
        case .wrongObject: "wrong-object"
        }
    }
}
