/// How far a search has come: the next event, what is pending there, and the configurations that
/// the events up to there allow.
struct SearchPosition: TimelinePosition {
    /// A known mutation between its call and its return.
    struct Pending: Sendable {
        var operation: Int32
        var slot: Int32
        var before: Int32
        var after: Int32
        var `return`: Int
    }

    /// The number of the next event.
    var event = 0
    /// The configurations that are possible now.
    var frontier: ConfigurationSet
    /// The pending compare-and-sets, the first to return first.
    private(set) var cas: [Pending] = []
    /// The pending writes, the first to return first.
    private(set) var writes: [Pending] = []
    /// The bits of all pending writes.
    private(set) var writeBits: [UInt64]
    /// Per value: the bits of the pending reads of it.
    private(set) var readersOf: [UInt64]
    /// Per value: the bits of the pending writes of it.
    private(set) var writersOf: [UInt64]
    /// Per class of unknowns: how many were called, in units of its count.
    private(set) var called: [UInt64]
    /// Per value: the known operations that ask for it and have not returned.
    private(set) var observersLeft: [Int32]

    init(_ plan: SearchPlan) {
        frontier = ConfigurationSet(keyWords: plan.keyWords, guards: plan.counts.guards)
        writeBits = [UInt64](repeating: 0, count: plan.windowWords)
        readersOf = [UInt64](repeating: 0, count: plan.windowWords * (plan.valueCount + 1))
        writersOf = readersOf
        called = [UInt64](repeating: 0, count: plan.classes.count)
        observersLeft = plan.observers
        var start = [UInt64](repeating: 0, count: plan.stride)
        _ = frontier.insert(start)
        guard plan.startsAnywhere else { return }
        for state in 1...plan.valueCount where plan.isAskedFor(state) {
            start[0] = UInt64(state) << 1
            _ = frontier.insert(start)
        }
    }

    /// An operation begins.
    mutating func call(_ index: Int32, in plan: SearchPlan) {
        let operation = plan.operations[Int(index)]
        let slot = plan.slots[Int(index)]
        if operation.isUnknown {
            called[Int(slot)] += plan.counts.places[Int(slot)].unit
            return
        }
        twoState(slot, of: operation, in: plan)
        let pending = Pending(
            operation: index, slot: slot, before: operation.before, after: operation.after,
            return: operation.return)
        switch operation.kind {
        case .read: break
        case .write: Self.insert(pending, into: &writes)
        case .cas: Self.insert(pending, into: &cas)
        }
    }

    /// An operation has returned.
    mutating func finishReturn(_ index: Int32, in plan: SearchPlan) {
        let operation = plan.operations[Int(index)]
        twoState(plan.slots[Int(index)], of: operation, in: plan)
        if operation.observes { observersLeft[Int(operation.before)] -= 1 }
        // The one that returns is the first to return.
        switch operation.kind {
        case .read: break
        case .write: writes.removeFirst()
        case .cas: cas.removeFirst()
        }
    }

    private mutating func twoState(
        _ slot: Int32, of operation: RegisterOperation, in plan: SearchPlan
    ) {
        let bit: UInt64 = 1 << UInt64(slot & 63)
        let word = Int(slot >> 6)
        let place = Int(operation.after) * plan.windowWords + word
        switch operation.kind {
        case .read: readersOf[place] ^= bit
        case .write:
            writersOf[place] ^= bit
            writeBits[word] ^= bit
        case .cas: break
        }
    }

    private static func insert(_ pending: Pending, into list: inout [Pending]) {
        let place = list.firstIndex { $0.return > pending.return } ?? list.endIndex
        list.insert(pending, at: place)
    }
}
