/// All that the search of one key never changes: the events, the classes of unknowns, and how a
/// configuration is laid out.
///
/// A configuration is a few words. The first holds the state of the register; then come the bits
/// of the pending operations that are done, then those of the pending writes that are covered
/// (see ``RegisterSearch``), then the packed counts of the unknowns used.
struct SearchPlan: Sendable {
    /// One event of the key.
    struct Event: Sendable {
        /// Where the operation stands in the history.
        var operation: Int32
        /// Whether it returned, rather than was called.
        var isReturn: Bool
    }

    let operations: [RegisterOperation]
    let events: [Event]
    /// Per operation: its bit among those that are pending; for an unknown: its class.
    private(set) var slots: [Int32]
    /// The classes of unknowns.
    private(set) var classes: [UnknownClass] = []
    /// Per value: the compare-and-set classes that expect it.
    private(set) var takers: [[Int]]
    /// How many values there are; the state of this number is one that nobody will ask for.
    let valueCount: Int
    /// The words that hold one bit per pending operation.
    private(set) var windowWords = 1
    /// The words of a configuration.
    private(set) var stride = 0
    /// The words of a configuration that have to be equal for its counts to be comparable.
    var keyWords: Int { 1 + 2 * windowWords }
    /// Per word of counts: the bit above each count, which is always zero.
    private(set) var guards: [UInt64] = []
    /// Per value: the known operations that ask for it.
    private(set) var observers: [Int32]
    /// The most known operations that were ever pending at a time.
    private(set) var concurrency = 0
    let startsAnywhere: Bool

    init(_ history: RegisterHistory) {
        operations = history.operations
        valueCount = history.values.count
        startsAnywhere = history.startsAnywhere
        var timeline = [Event?](repeating: nil, count: 2 * operations.count)
        observers = [Int32](repeating: 0, count: valueCount)
        for (index, operation) in operations.enumerated() {
            timeline[operation.call] = Event(operation: Int32(index), isReturn: false)
            guard !operation.isUnknown else { continue }
            timeline[operation.return] = Event(operation: Int32(index), isReturn: true)
            if operation.observes { observers[Int(operation.before)] += 1 }
        }
        events = timeline.compactMap { $0 }
        slots = [Int32](repeating: 0, count: operations.count)
        takers = [[Int]](repeating: [], count: valueCount)
        let sizes = classify()
        assignSlots()
        windowWords = max(1, (concurrency + 63) / 64)
        layOutCounts(sizes)
    }

    /// Sorts the unknowns into classes and returns how many each has.
    private mutating func classify() -> [Int] {
        var numbers: [UnknownClass: Int] = [:]
        var sizes: [Int] = []
        for (index, operation) in operations.enumerated() where operation.isUnknown {
            let kind = UnknownClass(
                kind: operation.kind,
                before: operation.kind == .cas ? operation.before : 0, after: operation.after)
            let number = numbers[kind] ?? classes.count
            if number == classes.count {
                numbers[kind] = number
                classes.append(kind)
                sizes.append(0)
                if kind.kind == .cas { takers[Int(kind.before)].append(number) }
            }
            sizes[number] += 1
            slots[index] = Int32(number)
        }
        return sizes
    }

    /// Gives every known operation the lowest bit that is free while it is pending.
    private mutating func assignSlots() {
        var free: [Int32] = []
        var used: Int32 = 0
        for event in events where !operations[Int(event.operation)].isUnknown {
            let index = Int(event.operation)
            if event.isReturn {
                free.append(slots[index])
            } else if let slot = free.popLast() {
                slots[index] = slot
            } else {
                slots[index] = used
                used += 1
            }
        }
        concurrency = Int(used)
    }

    /// Packs the counts into words, each below a guard bit that makes them comparable at once.
    private mutating func layOutCounts(_ sizes: [Int]) {
        var word = keyWords - 1
        var bit = 64
        for (number, size) in sizes.enumerated() {
            let width = Int.bitWidth - size.leadingZeroBitCount
            if bit + width + 1 > 64 {
                word += 1
                bit = 0
                guards.append(0)
            }
            classes[number].word = word
            classes[number].unit = 1 << UInt64(bit)
            classes[number].mask = ((1 << UInt64(width)) - 1) << UInt64(bit)
            guards[guards.count - 1] |= 1 << UInt64(bit + width)
            bit += width + 1
        }
        stride = keyWords + guards.count
    }
}
