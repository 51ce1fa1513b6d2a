/// One operation on one register, reduced to what decides about its order.
struct RegisterOperation: TimedOperation, Hashable, Sendable {
    enum Kind: UInt8, Sendable {
        case read
        case write
        case cas
    }

    var kind: Kind
    /// The number of the value that must be there for it to happen; no meaning for a write.
    var before: Int32
    /// The number of the value that is there afterwards; for a read the same as `before`.
    var after: Int32
    /// Where the original stands in the list of operations that the key was taken from.
    var source: Int32
    /// The place of its invocation among the events of its key.
    var call: Int
    /// The place of its completion, or ``never``.
    var `return`: Int

    var observes: Bool { kind != .write }
    var mutates: Bool { kind != .read }
}
