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
    /// The classes of unknowns: compare-and-sets first, in the order of what they expect.
    private(set) var classes: [UnknownClass] = []
    /// Per value: the first class of compare-and-sets that expect it, or a higher value.
    private var firstTakers: [Int] = []
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
        let sizes = classify()
        concurrency = operations.assignSlots(&slots, along: events)
        windowWords = max(1, (concurrency + 63) / 64)
        counts = CountLayout(sizes: sizes, keyWords: keyWords)
        stride = keyWords + counts.guards.count
    }

    /// The classes of compare-and-sets that expect a value; none do if it is no value.
    func takers(of value: Int) -> Range<Int> {
        value < valueCount ? firstTakers[value]..<firstTakers[value + 1] : 0..<0
    }

    /// The classes of writes.
    var writeClasses: Range<Int> { firstTakers[valueCount]..<classes.count }

    /// Whether somebody asks for this state; the last one stands for all that nobody asks for.
    func isAskedFor(_ state: Int) -> Bool {
        state == valueCount || observers[state] > 0 || !takers(of: state).isEmpty
    }

    /// Sorts the unknowns into classes and returns how many each has.
    private mutating func classify() -> [Int] {
        var members: [UnknownClass: [Int]] = [:]
        for (index, operation) in operations.enumerated() where operation.isUnknown {
            let kind = UnknownClass(
                kind: operation.kind,
                before: operation.kind == .cas ? operation.before : Int32(valueCount),
                after: operation.after)
            members[kind, default: []].append(index)
        }
        classes = members.keys.sorted { ($0.before, $0.after) < ($1.before, $1.after) }
        firstTakers = (0...valueCount).map { value in
            classes.firstIndex { Int($0.before) >= value } ?? classes.count
        }
        return classes.enumerated().map { number, kind in
            for index in members[kind, default: []] { slots[index] = Int32(number) }
            return members[kind, default: []].count
        }
    }
}
