import HistoryModel

/// A stack, last in, first out.
///
/// To pop nil is to find it empty, so nil is nothing that can be in it.
struct StackModel: SequentialModel {
    let noun = "stack"
    let functions: [Function] = ["push", "pop"]
    let initial: [Value]

    func knows(_ action: Action) -> Bool {
        functions.contains(action.function) && !action.bringsNothing("push")
    }

    func onlyReads(_ action: Action) -> Bool {
        action.function == "pop" && action.output == .null
    }

    func step(_ state: [Value], _ action: Action) -> [[Value]] {
        if action.function == "push" { return [state + [action.input]] }
        guard let last = state.last else {
            return (action.output ?? .null) == .null ? [state] : []
        }
        return (action.output ?? last) == last ? [state.dropLast()] : []
    }

    func describe(_ state: [Value]) -> String { Value.list(state).description }
}
