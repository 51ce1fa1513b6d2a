import HistoryModel

/// Decides in linear time whether a counter that is increased by one only is linearizable.
///
/// Increments take effect as late as possible: when they return, or when a read that returns has
/// to have seen them. All increments do the same, so the first to return goes first and those of
/// unknown outcome last.
struct CounterMonitor {
    private let operations: [ModelOperation]
    /// Per operation: what it read; nil for an increment.
    private var amounts: [Int64?] = []
    private let timeline: [TimelineEvent]
    private var count: Int64
    private var isDone: [Bool]
    /// The pending increments, the last to return first.
    private var pending: [Int] = []
    private var unknown = 0
    /// The reads that wait for the counter to reach what they found.
    private var waiting: [Int64: [Int]] = [:]

    /// Nil if the counter is increased by other amounts as well.
    init?(_ history: ModelHistory, initial: Int64) {
        operations = history.operations
        for operation in operations {
            let action = history.actions[Int(operation.action)]
            if operation.onlyReads {
                guard case .integer(let amount)? = action.output else { return nil }
                amounts.append(amount)
            } else {
                guard action.function != "decrement", action.input == .null || action.input == 1
                else { return nil }
                amounts.append(nil)
            }
        }
        timeline = operations.timeline()
        isDone = [Bool](repeating: false, count: operations.count)
        count = initial
    }

    /// Whether the operations can be put in order.
    mutating func isLinearizable() -> Bool {
        for event in timeline {
            let index = Int(event.operation)
            switch (amounts[index], event.isReturn) {
            case (let amount?, false):
                if amount == count { isDone[index] = true } else { wait(index, for: amount) }
            case (let amount?, true):
                if isDone[index] { continue }
                guard amount > count else { return false }
                while count < amount { guard advance() else { return false } }
            case (nil, false):
                if operations[index].isUnknown { unknown += 1 } else { begin(index) }
            case (nil, true):
                if isDone[index] { continue }
                // It is the first to return of all that are pending.
                guard advance() else { return false }
            }
        }
        return true
    }

    private mutating func wait(_ index: Int, for amount: Int64) {
        guard amount > count else { return }
        waiting[amount, default: []].append(index)
    }

    private mutating func begin(_ index: Int) {
        let end = operations[index].return
        let place = pending.firstIndex { operations[$0].return < end }
        pending.insert(index, at: place ?? pending.endIndex)
    }

    /// Lets one increment take effect, if one can.
    private mutating func advance() -> Bool {
        if let next = pending.popLast() {
            isDone[next] = true
        } else if unknown > 0 {
            unknown -= 1
        } else {
            return false
        }
        count += 1
        for read in waiting.removeValue(forKey: count) ?? [] { isDone[read] = true }
        return true
    }
}
