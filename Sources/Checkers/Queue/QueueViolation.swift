/// Why the operations on a queue can't be put in order; the numbers say where they stand.
enum QueueViolation {
    /// A value was dequeued that nobody enqueued.
    case neverEnqueued(dequeue: Int)
    /// A value was dequeued by two.
    case dequeuedTwice(first: Int, second: Int)
    /// A value was dequeued before its enqueue was called.
    case tooEarly(enqueue: Int, dequeue: Int)
    /// The first value was enqueued before the second, and is still there when that is gone.
    case overtaken(first: Int32, second: Int32)
    /// More values must be gone than dequeues of unknown outcome can have taken.
    case missing(overtaken: [(first: Int32, second: Int32)], unknown: [Int])
    /// The queue was found empty, although at each moment one of the values was in it, or more of
    /// them than dequeues of unknown outcome can have taken.
    case notEmpty(dequeue: Int, values: [Int32], unknown: [Int])
}

extension QueueViolation {
    /// A word that groups violations alike.
    var kind: String {
        switch self {
        case .neverEnqueued, .tooEarly: "phantom-value"
        case .dequeuedTwice: "duplicate"
        case .overtaken: "wrong-order"
        case .missing, .notEmpty: "lost-value"
        }
    }
}
