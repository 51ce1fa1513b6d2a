import HistoryModel

/// What was done to one register, without all that proves nothing.
///
/// Left out are operations that failed (a failed compare-and-set that tells what it found is a
/// read of that), reads of unknown outcome, and mutations of unknown outcome whose value nobody
/// observed: whether those happened can make no difference.
struct RegisterHistory: Sendable {
    /// The number of the value that the register holds at the start.
    static let initialValue: Int32 = 0

    /// The operations in the order of their calls.
    var operations: [RegisterOperation]
    /// The values by their numbers; the first is the initial one.
    var values: [Value]
    /// Whether the register may hold anything at the start: true of a window cut out of a run.
    var startsAnywhere = false
    /// The most operations that were pending at a time, unknowns apart.
    private(set) var concurrency = 0
    /// Where an operation stands that is not one of a register, in the list it was taken from.
    private(set) var unintelligible: Int?
}

extension RegisterHistory {
    /// Reduces the operations on one key.
    ///
    /// - Parameters:
    ///   - members: Where the key's operations stand in `list`, in the order of their calls.
    ///   - list: Operations on any keys.
    ///   - initial: What the register holds before anything was written.
    ///   - meaning: What an operation says about the register.
    /// - Complexity: O(n) for a bounded number of pending operations.
    init(
        members: [Int32], of list: OperationList, initial: Value,
        meaning: (Operation) -> RegisterMeaning = \.registerMeaning
    ) {
        var numbers = ValueNumbers(expecting: members.count / 2)
        _ = numbers.number(initial)
        operations = []
        values = []
        operations.reserveCapacity(members.count)
        for member in members {
            let original = list[Int(member)]
            switch meaning(original) {
            case .nothing: break
            case .unintelligible: unintelligible = unintelligible ?? Int(member)
            case .something(let kind, let before, let after):
                let first = numbers.number(before)
                let second = before == after ? first : numbers.number(after)
                let known = original.outcome == .info ? nil : original.return
                operations.append(
                    RegisterOperation(
                        kind: kind, before: first, after: second, source: member,
                        call: original.call, return: known ?? RegisterOperation.never))
            }
        }
        values = numbers.values
        dropUnobservedUnknowns()
        renumberEvents()
    }

    /// Drops unknown mutations whose value no operation that happened depends on.
    ///
    /// A compare-and-set that is observed makes the value that it expects observed in turn.
    mutating func dropUnobservedUnknowns() {
        var observed = [Bool](repeating: false, count: values.count)
        var unknown: [Int] = []
        for (index, operation) in operations.enumerated() {
            if operation.isUnknown {
                unknown.append(index)
            } else if operation.observes {
                observed[Int(operation.before)] = true
            }
        }
        guard !unknown.isEmpty else { return }
        var kept = [Bool](repeating: true, count: operations.count)
        for index in unknown { kept[index] = false }
        var changed = true
        while changed {
            changed = false
            for index in unknown.reversed()
            where !kept[index] && observed[Int(operations[index].after)] {
                kept[index] = true
                if operations[index].observes, !observed[Int(operations[index].before)] {
                    observed[Int(operations[index].before)] = true
                    changed = true
                }
            }
        }
        operations = zip(operations, kept).filter(\.1).map(\.0)
    }

    /// Numbers calls and returns from 0 without gaps, in the order in which they happened.
    mutating func renumberEvents() { concurrency = operations.renumberEvents() }
}
