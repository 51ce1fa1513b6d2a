/// How far the search of an object has come: the next event, what is pending there, and the
/// configurations that the events up to there allow.
struct ModelPosition: TimelinePosition {
    /// An operation between its call and its return.
    struct Pending: Sendable {
        var operation: Int32
        var slot: Int32
        var action: Int32
        var `return`: Int
    }

    /// The number of the next event.
    var event = 0
    /// The configurations that are possible now.
    var frontier: ConfigurationSet
    /// The pending operations that only read.
    private(set) var reads: [Pending] = []
    /// The others that are pending, the first to return first.
    private(set) var mutations: [Pending] = []
    /// Per class of unknowns: how many were called, in units of its count.
    private(set) var called: [UInt64]

    init(_ plan: ModelPlan) {
        frontier = plan.emptySet()
        _ = frontier.insert([UInt64](repeating: 0, count: plan.stride))
        called = [UInt64](repeating: 0, count: plan.classes.count)
    }

    /// An operation begins.
    mutating func call(_ index: Int32, in plan: ModelPlan) {
        let operation = plan.operations[Int(index)]
        let slot = plan.slots[Int(index)]
        if operation.isUnknown {
            called[Int(slot)] += plan.counts.places[Int(slot)].unit
            return
        }
        let pending = Pending(
            operation: index, slot: slot, action: operation.action, return: operation.return)
        if operation.onlyReads {
            reads.append(pending)
        } else {
            let place = mutations.firstIndex { $0.return > pending.return }
            mutations.insert(pending, at: place ?? mutations.endIndex)
        }
    }

    /// An operation has returned.
    mutating func finishReturn(_ index: Int32, in plan: ModelPlan) {
        if plan.operations[Int(index)].onlyReads {
            reads.removeAll { $0.operation == index }
        } else {
            // The one that returns is the first to return.
            mutations.removeFirst()
        }
    }
}
