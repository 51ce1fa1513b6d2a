import HistoryModel

/// A queue, first in, first out.
///
/// To dequeue nil is to find it empty, so nil is nothing that can be in it.
struct QueueModel: SequentialModel {
    let noun = "queue"
    let functions: [Function] = ["enqueue", "dequeue"]
    let initial: [Value]

    func knows(_ action: Action) -> Bool {
        functions.contains(action.function) && !action.bringsNothing("enqueue")
    }

    func onlyReads(_ action: Action) -> Bool {
        action.function == "dequeue" && action.output == .null
    }

    func step(_ state: [Value], _ action: Action) -> [[Value]] {
        if action.function == "enqueue" { return [state + [action.input]] }
        guard let first = state.first else {
            return (action.output ?? .null) == .null ? [state] : []
        }
        return (action.output ?? first) == first ? [Array(state.dropFirst())] : []
    }

    func describe(_ state: [Value]) -> String { Value.list(state).description }
}

extension Action {
    /// Whether it puts nil where nil stands for there being nothing.
    func bringsNothing(_ put: Function) -> Bool { function == put && input == .null }
}
