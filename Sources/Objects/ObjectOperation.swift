/// What a client does to the object of a key.
///
/// Each case belongs to one type of object, so it also says what the client takes the key for.
public enum ObjectOperation: Hashable, Sendable {
    /// Asks a register for its value.
    case read
    /// Sets the value of a register.
    case write(Int64)
    /// Sets the value of a register if it is the expected one; nil expects one never written.
    case compareAndSet(expected: Int64?, new: Int64)
    /// Adds a value at the end of a queue.
    case enqueue(Int64)
    /// Takes the value at the head of a queue, if there is one.
    case dequeue
    /// Adds an element to a set.
    case addElement(Int64)
    /// Asks a set for all its elements.
    case readSet
    /// Takes a lock for a client.
    case acquire(holder: Int64)
    /// Gives back the lock that a client holds.
    case release(holder: Int64)
    /// Adds a number to a counter.
    case addNumber(Int64)
    /// Asks a counter for its number.
    case readCounter
    /// Adds an element at the end of a list.
    case append(Int64)
    /// Sets all elements of a list.
    case writeList([Int64])
    /// Asks a list for all its elements.
    case readList
    /// Asks for a number that was never handed out.
    case nextID

    /// Whether it changes nothing, so that a store may answer it without a log entry.
    public var isRead: Bool {
        switch self {
        case .read, .readSet, .readCounter, .readList: true
        case .write, .compareAndSet, .enqueue, .dequeue, .addElement, .acquire, .release,
            .addNumber, .append, .writeList, .nextID:
            false
        }
    }
}
