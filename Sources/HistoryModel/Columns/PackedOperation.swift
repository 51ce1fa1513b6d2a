/// An operation in 32 bytes: what checkers go by, without strings and lists.
public struct PackedOperation: Sendable, BitwiseCopyable {
    /// The place of the invocation among the events.
    public let call: UInt32
    /// The place of the completion among the events, or ``never``.
    public internal(set) var `return`: UInt32 = never
    /// The number of the process.
    public let process: ValueCode
    /// The key it was done to; ``ValueCode/absent`` if there was none.
    public let key: ValueCode
    /// What was asked for; by a compare-and-set, which value it expected.
    public let input: ValueCode
    /// The new value of a compare-and-set; ``ValueCode/absent`` for all others.
    public let second: ValueCode
    /// What came back, or what a failed operation found.
    ///
    /// ``ValueCode/absent`` for nothing, or the same two values that a compare-and-set was asked for.
    public internal(set) var output = ValueCode.null
    /// The number of the function; see ``OperationList/functions``.
    public let function: UInt8
    /// How it ended.
    public internal(set) var outcome = Operation.Outcome.info

    /// The place in time that is never reached.
    @inlinable public static var never: UInt32 { .max }
}
