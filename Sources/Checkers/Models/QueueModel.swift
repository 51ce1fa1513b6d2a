import HistoryModel

/// A queue, first in, first out.
///
/// To dequeue nil is to find it empty.
struct QueueModel: SequentialModel {
    let noun = "queue"
    let functions: [Function] = ["enqueue", "dequeue"]
    let initial: [Value] = []

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
