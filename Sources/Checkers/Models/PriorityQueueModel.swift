import HistoryModel

/// A priority queue: the smallest value comes out first, numbers as in ``PriorityOrder``.
///
/// To poll nil is to find it empty, so nil is nothing that can be in it.
struct PriorityQueueModel: SequentialModel {
    let noun = "priority queue"
    let functions: [Function] = ["insert", "poll"]
    /// The values, in order.
    let initial: [Value]

    private let order: PriorityOrder

    /// Begins with some values; `order` is that of all that it will hold, by default of these and
    /// of values that have an order of their own.
    init(initial: Value?, order: PriorityOrder? = nil) {
        let first = initial?.elements ?? []
        let order = order ?? PriorityOrder(first)
        self.order = order
        self.initial = first.sorted { order.lists($0, before: $1) }
    }

    func knows(_ action: Action) -> Bool {
        functions.contains(action.function) && !action.bringsNothing("insert")
            && (action.function == "poll" || action.input.hasPlaceInOrder)
    }

    func onlyReads(_ action: Action) -> Bool {
        action.function == "poll" && action.output == .null
    }

    func step(_ state: [Value], _ action: Action) -> [[Value]] {
        if action.function == "insert" {
            let place = state.firstPlace { order.lists(action.input, before: $0) }
            return [state[..<place] + [action.input] + state[place...]]
        }
        guard let first = state.first else {
            return (action.output ?? .null) == .null ? [state] : []
        }
        var results: [[Value]] = []
        for (place, value) in state.enumerated() {
            guard order.isFree(value, first) else { break }
            // Taking either of two that are equal leaves the same.
            guard place == 0 || value != state[place - 1] else { continue }
            guard (action.output ?? value) == value else { continue }
            results.append(Array(state[..<place] + state[(place + 1)...]))
        }
        return results
    }

    func describe(_ state: [Value]) -> String { Value.list(state).description }
}
