/// All that the search of one key never changes: the events, the classes of unknowns, and how a
/// configuration is laid out.
///
/// A configuration is a few words. The first holds the state of the register; then come the bits
/// of the pending operations that are done, then those of the pending writes that are covered
/// (see ``RegisterSearch``), then the packed counts of the unknowns used.
struct SearchPlan: Sendable {
    let operations: [RegisterOperation]
    let events: [TimelineEvent]
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
    /// Where the uses of each class are counted.
    private(set) var counts = CountLayout(sizes: [], keyWords: 0)
    /// Per value: the known operations that ask for it.
    private(set) var observers: [Int32]
    /// The most known operations that were ever pending at a time.
    private(set) var concurrency = 0
    let startsAnywhere: Bool

    init(_ history: RegisterHistory) {
        operations = history.operations
        valueCount = history.values.count
        startsAnywhere = history.startsAnywhere
        observers = [Int32](repeating: 0, count: valueCount)
        for operation in operations where !operation.isUnknown && operation.observes {
            observers[Int(operation.before)] += 1
        }
        events = operations.timeline()
        slots = [Int32](repeating: 0, count: operations.count)
        takers = [[Int]](repeating: [], count: valueCount)
        let sizes = classify()
        concurrency = operations.assignSlots(&slots, along: events)
        windowWords = max(1, (concurrency + 63) / 64)
        counts = CountLayout(sizes: sizes, keyWords: keyWords)
        stride = keyWords + counts.guards.count
    }

    /// Whether somebody asks for this state; the last one stands for all that nobody asks for.
    func isAskedFor(_ state: Int) -> Bool {
        state == valueCount || observers[state] > 0 || !takers[state].isEmpty
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
}
