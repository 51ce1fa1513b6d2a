import HistoryModel

extension ObjectModel {
    /// A set, judged element by element unless it is read as a whole.
    public static let set = ObjectModel(
        name: "set",
        summary: "a set: add, remove, contains (each may return a truth value), read",
        noun: "set",
        completions: [
            "add": .update, "remove": .update, "contains": .membership, .read: .elements,
        ], streamed: .set,
        split: { members, operations in
            guard !operations.contains(.read, in: members) else { return nil }
            return LinearizabilityChecker.groups(members, of: operations, by: \.input)
        }
    ) { subhistory in
        guard subhistory.operations.contains(.read, in: subhistory.members) else {
            var element = subhistory
            let isThere = subhistory.initial?.elements.contains { $0 == subhistory.key } ?? false
            element.initial = .bool(isThere)
            return RegisterProcedure(element, reading: .element)
        }
        return AppendListProcedure(subhistory, kind: .set) { _, initial, _ in
            SetModel(initial: initial)
        }
    }
}
