import HistoryModel

/// A priority queue: the smallest value comes out first.
///
/// To poll nil is to find it empty, so nil is nothing that can be in it.
struct PriorityQueueModel: SequentialModel {
    let noun = "priority queue"
    let functions: [Function] = ["insert", "poll"]
    /// The values, in order.
    let initial: [Value]

    init(initial: Value?) { self.initial = initial?.elements.sorted() ?? [] }

    func knows(_ action: Action) -> Bool {
        functions.contains(action.function) && !action.bringsNothing("insert")
    }

    func onlyReads(_ action: Action) -> Bool {
        action.function == "poll" && action.output == .null
    }

    func step(_ state: [Value], _ action: Action) -> [[Value]] {
        if action.function == "insert" { return [(state + [action.input]).sorted()] }
        guard let first = state.first else {
            return (action.output ?? .null) == .null ? [state] : []
        }
        return (action.output ?? first) == first ? [Array(state.dropFirst())] : []
    }

    func describe(_ state: [Value]) -> String { Value.list(state).description }
}
