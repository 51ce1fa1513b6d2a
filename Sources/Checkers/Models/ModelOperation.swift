/// One operation on an object, reduced to what decides about its order.
struct ModelOperation: TimedOperation, Hashable, Sendable {
    /// The number of its action.
    var action: Int32
    /// Where the original stands in the list of operations that the key was taken from.
    var source: Int32
    var call: Int
    var `return`: Int
    /// Whether it leaves every state as it is.
    var onlyReads: Bool
}
