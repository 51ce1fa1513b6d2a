/// One operation on a collection that only grows, reduced to what decides about its order.
struct AppendListOperation: TimedOperation, Hashable, Sendable {
    /// The number of the element that it adds; nil for a read.
    var element: Int32?
    /// The number of the read; no meaning for an addition.
    var read: Int32
    /// Where the original stands in the list of operations that the key was taken from.
    var source: Int32
    var call: Int
    var `return`: Int
}
