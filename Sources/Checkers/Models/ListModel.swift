import HistoryModel

/// A list that is appended to and read as a whole.
///
/// A list that is no beginning of any that was read is of no more use: all such are one state.
struct ListModel: SequentialModel {
    let noun = "list"
    let functions: [Function] = [.append, .read]
    /// nil stands for all lists that nobody ever read, whatever may still be appended.
    let initial: [Value]?
    /// nil if all lists are told apart.
    private let observed: ObservedSequences<Value>?

    init(
        _ operations: some Sequence<Operation>, initial: Value?, tellsAllApart: Bool = false
    ) {
        let lists = operations.compactMap { operation -> [Value]? in
            guard operation.function == .read, operation.outcome == .ok else { return nil }
            return Self.list(operation.output)
        }
        observed = tellsAllApart ? nil : ObservedSequences(lists)
        self.initial = Self.list(initial ?? .null)
    }

    func knows(_ action: Action) -> Bool {
        guard action.function == .read, let output = action.output else {
            return functions.contains(action.function)
        }
        return Self.list(output) != nil
    }

    func onlyReads(_ action: Action) -> Bool { action.function == .read }

    func step(_ state: [Value]?, _ action: Action) -> [[Value]?] {
        if action.function == .append {
            return [state.flatMap { worthKnowing($0 + [action.input]) }]
        }
        return action.output.flatMap(Self.list) == state ? [state] : []
    }

    func describe(_ state: [Value]?) -> String {
        state.map { Value.list($0).description } ?? "something that nobody read"
    }

    func bytes(of state: [Value]?) -> Int { state?.bytesAsArray ?? 0 }

    private func worthKnowing(_ list: [Value]) -> [Value]? {
        observed?.contains(beginning: list) ?? true ? list : nil
    }

    private static func list(_ value: Value) -> [Value]? {
        switch value {
        case .list(let elements): elements
        case .null: []
        default: nil
        }
    }
}
