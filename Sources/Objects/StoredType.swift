/// The types of objects that the store tells apart.
enum StoredType: Hashable, Sendable {
    case register, queue, set, lock, counter, list, ids
}

extension ObjectOperation {
    /// The type of object that the operation belongs to.
    var type: StoredType {
        switch self {
        case .read, .write, .compareAndSet: .register
        case .enqueue, .dequeue: .queue
        case .addElement, .readSet: .set
        case .acquire, .release: .lock
        case .addNumber, .readCounter: .counter
        case .append, .writeList, .readList: .list
        case .nextID: .ids
        }
    }
}
