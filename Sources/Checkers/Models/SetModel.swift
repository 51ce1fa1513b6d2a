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
        case (.read, .list), (.read, .null), ("add", _), ("remove", _): return true
        case ("contains", _): return output.truth(about: action.input) != nil
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
        if action.function == "contains" {
            return action.output?.truth(about: action.input) == isThere ? [state] : []
        }
        let changes = isThere == (action.function == "remove")
        if let changed = action.output?.truth(about: action.input), changed != changes { return [] }
        guard changes else { return [state] }
        return [isThere ? state.filter { $0 != action.input } : (state + [action.input]).sorted()]
    }

    func describe(_ state: [Value]) -> String { Value.list(state).description }
}

extension Value {
    /// The truth value that came back for an element, alone or beside it.
    func truth(about element: Value) -> Bool? {
        switch self {
        case .bool(let truth): return truth
        case .list(let pair) where pair.count == 2 && pair[0] == element:
            if case .bool(let truth) = pair[1] { return truth }
            return nil
        default: return nil
        }
    }
}
