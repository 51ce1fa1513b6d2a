/// An object for each key; the first change of a key decides of which type its object is.
///
///     var store = ObjectStore()
///     store.execute(.enqueue(7), on: "jobs")  // done
///     store.execute(.dequeue, on: "jobs")     // value(7)
///     store.execute(.readSet, on: "jobs")     // refused(wrongObject)
///
/// The objects of each type have a dictionary of their own, since what is in a dictionary changes in
/// place: the elements of an object are not copied when one is added.
public struct ObjectStore: Hashable, Sendable {
    private var types: [String: StoredType] = [:]
    private var registers: [String: Int64] = [:]
    private var queues: [String: FIFOQueue] = [:]
    private var sets: [String: SortedSet] = [:]
    private var locks: [String: FencedLock] = [:]
    private var counters: [String: Int64] = [:]
    private var lists: [String: [Int64]] = [:]
    private var lastIDs: [String: Int64] = [:]

    /// Makes a store without objects.
    public init() {}

    /// Executes an operation and says how it went.
    ///
    /// - Complexity: O(1) amortised; adding an element to a set of n that holds larger ones is
    ///   O(n). Reads share the elements of the object.
    public mutating func execute(
        _ operation: ObjectOperation, on key: String
    ) -> ObjectResult {
        if operation.isRead { return answer(operation, on: key) }
        guard claim(key, for: operation.type) else { return .refused(.wrongObject) }
        switch operation {
        case .read, .readSet, .readCounter, .readList: break
        case .write(let value): registers[key] = value
        case .compareAndSet(let expected, let new):
            let found = registers[key]
            guard found == expected else { return .refused(.mismatch(found: found)) }
            registers[key] = new
        case .enqueue(let value): queues[key, default: FIFOQueue()].append(value)
        case .dequeue: return .value(queues[key]?.removeFirst())
        case .addElement(let element): sets[key, default: SortedSet()].insert(element)
        case .acquire(let holder):
            return locks[key, default: FencedLock()].acquire(for: holder)
        case .release(let holder):
            return locks[key, default: FencedLock()].release(by: holder)
        case .addNumber(let amount): return add(amount, to: key)
        case .append(let element): lists[key, default: []].append(element)
        case .writeList(let elements): lists[key] = elements
        case .nextID:
            lastIDs[key, default: 0] += 1
            return .value(lastIDs[key])
        }
        return .done
    }

    /// Answers a read; refuses anything else.
    public func answer(_ operation: ObjectOperation, on key: String) -> ObjectResult {
        guard operation.isRead, types[key] ?? operation.type == operation.type else {
            return .refused(.wrongObject)
        }
        switch operation.type {
        case .register: return .value(registers[key])
        case .set: return .elements(sets[key]?.elements ?? [])
        case .counter: return .value(counters[key] ?? 0)
        case .list: return .elements(lists[key] ?? [])
        case .queue, .lock, .ids: return .refused(.wrongObject)
        }
    }

    /// Makes the key one of this type, unless it is one of another.
    private mutating func claim(_ key: String, for type: StoredType) -> Bool {
        if let found = types[key] { return found == type }
        types[key] = type
        return true
    }

    private mutating func add(_ amount: Int64, to key: String) -> ObjectResult {
        let (sum, overflows) = (counters[key] ?? 0).addingReportingOverflow(amount)
        guard !overflows else { return .refused(.overflow) }
        counters[key] = sum
        return .done
    }
}
