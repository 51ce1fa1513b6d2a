import HistoryModel

/// A set that is read as a whole.
struct SetModel: SequentialModel {
    let noun = "set"
    let functions: [Function] = ["add", "remove", "contains", .read]
    /// The elements, in order.
    let initial: [Value]

    init(initial: Value?) { self.initial = initial?.elements.sorted() ?? [] }

    func knows(_ action: Action) -> Bool {
        guard let output = action.output else { return functions.contains(action.function) }
        switch (action.function, output) {
        case (.read, .list), (.read, .null), ("contains", .bool): return true
        case ("add", _), ("remove", _): return true
        default: return false
        }
    }

    func onlyReads(_ action: Action) -> Bool {
        action.function == .read || action.function == "contains"
    }

    func step(_ state: [Value], _ action: Action) -> [[Value]] {
        if action.function == .read {
            guard case .list(let elements)? = action.output else {
                return state.isEmpty ? [state] : []
            }
            return elements.sorted() == state ? [state] : []
        }
        let isThere = state.contains(action.input)
        if action.function == "contains" { return action.output == .bool(isThere) ? [state] : [] }
        let changes = isThere == (action.function == "remove")
        if case .bool(let changed)? = action.output, changed != changes { return [] }
        guard changes else { return [state] }
        return [isThere ? state.filter { $0 != action.input } : (state + [action.input]).sorted()]
    }

    func describe(_ state: [Value]) -> String { Value.list(state).description }
}
