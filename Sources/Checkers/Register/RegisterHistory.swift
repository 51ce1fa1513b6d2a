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
    /// The mutations of unknown outcome that were left out because nobody observed their values, by
    /// where they stand in the list that they were taken from.
    private(set) var unobserved: [Int32] = []
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
    ///   - reading: How the operations are to be understood.
    /// - Complexity: O(n) for a bounded number of pending operations.
    init(
        members: [Int32], of list: OperationList, initial: Value,
        reading: RegisterReading = .register
    ) {
        let reader = RegisterReader(reading, of: list)
        var numbers = CodeNumbers(expecting: 16)
        _ = numbers.number(reader.code(ofInitial: initial))
        operations = []
        values = []
        operations.reserveCapacity(members.count)
        list.forEach(at: members) { member, original in
            switch reader.meaning(of: original) {
            case .nothing: break
            case .unintelligible: unintelligible = unintelligible ?? Int(member)
            case .something(let kind, let before, let after):
                let first = numbers.number(before)
                let second = before == after ? first : numbers.number(after)
                operations.append(
                    RegisterOperation(
                        kind: kind, before: first, after: second, source: member,
                        call: Int(original.call), return: original.knownReturn))
            }
            return true
        }
        values = numbers.codes.map { reader.value(of: $0) }
        values[0] = initial
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
        unobserved += unknown.filter { !kept[$0] && operations[$0].mutates }
            .map { operations[$0].source }
        operations = zip(operations, kept).filter(\.1).map(\.0)
    }

    /// Numbers calls and returns from 0 without gaps, in the order in which they happened.
    mutating func renumberEvents() { concurrency = operations.renumberEvents() }
}

extension PackedOperation {
    /// The place where it returned, or ``TimedOperation/never`` if its outcome is unknown.
    var knownReturn: Int {
        outcome == .info || `return` == Self.never ? RegisterOperation.never : Int(`return`)
    }
}
