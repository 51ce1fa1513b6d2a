import HistoryModel

/// Judges a counter that is increased by one only, event by event.
///
/// Increments take effect as late as possible: when they return, or when a read that returns has
/// to have seen them. Which of those under way it saw shows only when they return.
struct CounterStream: ObjectStream {
    /// An operation that is under way.
    struct Call: Sendable {
        var time: Int
        /// What the counter had come to when it was called.
        fileprivate var count: Int64
        /// Its number among the increments; nil for a read.
        fileprivate var number: Int?
    }

    private(set) var end: StreamEnd?
    private var count: Int64
    private var increments = DeferredLinearizationPoints()

    init(initial: Value?) {
        count = CounterModel(initial: initial).initial
        if count.magnitude >= CounterModel.limit { end = .undecided }
    }

    var remembered: Int { increments.count }

    mutating func leave() { end = end ?? .undecided }

    mutating func begin(
        _ function: Function, _ input: Value, by process: Int, _ pool: inout ValuePool, at time: Int
    ) -> Call? {
        if function == .read { return Call(time: time, count: count) }
        let isIncrement = function == "increment" && (input == .null || input == 1)
        guard isIncrement || function == .add && input == 1 else {
            leave()
            return nil
        }
        return Call(time: time, count: count, number: increments.begin(at: time))
    }

    mutating func succeed(
        _ call: Call, _ output: Value, _ pool: inout ValuePool, at time: Int
    ) {
        if let number = call.number {
            if !increments.succeed(number, calledAt: call.time) { count += 1 }
        } else if case .integer(let amount) = output, amount.magnitude < CounterModel.limit {
            observe(amount, by: call, at: time)
        } else {
            leave()
        }
    }

    mutating func fail(_ call: Call, found: Value?, _ pool: inout ValuePool, at time: Int) {
        guard let number = call.number else { return }
        if !increments.withdraw(number, calledAt: call.time) { end = .violation }
    }

    mutating func lose(_ call: Call, at time: Int) {
        if let number = call.number { increments.lose(number) }
    }

    private mutating func observe(_ amount: Int64, by read: Call, at time: Int) {
        guard amount >= read.count else {
            end = .violation
            return
        }
        while count < amount {
            guard increments.require(at: time) else {
                end = .violation
                return
            }
            count += 1
        }
    }
}
