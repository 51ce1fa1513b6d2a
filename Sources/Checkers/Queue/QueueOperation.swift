/// One operation on a queue, reduced to what decides about its order.
struct QueueOperation: TimedOperation, Hashable, Sendable {
    enum Kind: UInt8, Sendable {
        case enqueue
        case dequeue
        /// Found the queue empty.
        case empty
        /// Nobody knows what it took, or whether it did.
        case unknown
    }

    var kind: Kind
    /// The number of the value; no meaning where there is none.
    var value: Int32
    /// Where the original stands in the list of operations that the key was taken from.
    var source: Int32
    var call: Int
    var `return`: Int
}
