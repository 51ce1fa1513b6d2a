import HistoryModel

/// What was done to one object, without operations that failed and reads of unknown outcome.
struct ModelHistory: Sendable {
    /// The operations in the order of their calls.
    var operations: [ModelOperation] = []
    /// The different actions by their numbers.
    private(set) var actions: [Action] = []
    /// The most operations that were pending at a time, unknowns apart.
    private(set) var concurrency = 0
    /// Where an operation stands that the model does not know, in the list it was taken from.
    private(set) var unintelligible: Int?

    /// Reduces the operations that stand at `members` in `list`, in the order of their calls.
    init(members: [Int32], of list: OperationList, model: some SequentialModel) {
        self.init(members.lazy.map { ($0, list[Int($0)]) }, model: model)
    }

    /// Reduces operations, each with the number that it is known by.
    init(_ operations: some Sequence<(Int32, Operation)>, model: some SequentialModel) {
        var numbers: [Action: Int32] = [:]
        var readOnly: [Bool] = []
        for (member, original) in operations {
            guard original.outcome != .fail else { continue }
            let action = Action(
                original.function, original.input,
                output: original.outcome == .ok ? original.output : nil)
            guard model.knows(action) else {
                unintelligible = unintelligible ?? Int(member)
                continue
            }
            let number = numbers[action] ?? Int32(actions.count)
            if number == Int32(actions.count) {
                numbers[action] = number
                actions.append(action)
                readOnly.append(model.onlyReads(action))
            }
            let onlyReads = readOnly[Int(number)]
            guard original.outcome == .ok || !onlyReads else { continue }
            let known = original.outcome == .ok ? original.return : nil
            self.operations.append(
                ModelOperation(
                    action: number, source: member, call: original.call,
                    return: known ?? ModelOperation.never, onlyReads: onlyReads))
        }
        renumberEvents()
    }

    /// Numbers calls and returns from 0 without gaps, in the order in which they happened.
    mutating func renumberEvents() { concurrency = operations.renumberEvents() }
}
