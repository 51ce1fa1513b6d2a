/// Decides in linear time about a register with two values that is only ever toggled: a lock, or
/// an element of a set whose updates tell whether they made a difference.
///
/// Operations take effect as late as possible: when they return, or when one that returns needs
/// the other state first. Of pending toggles in one direction the first to return goes first, and
/// those of unknown outcome last.
struct ToggleMonitor {
    private let operations: [RegisterOperation]
    private var state = RegisterHistory.initialValue
    private var isDone: [Bool]
    /// Per state: the pending toggles to it, the last to return first, and the unknown ones.
    private var pending: [[Int]] = [[], []]
    private var unknown = [0, 0]
    /// Per state: the pending reads of it, as far as they are not done.
    private var waiting: [[Int]] = [[], []]

    /// Takes on the history if it only toggles between two values.
    init?(_ history: RegisterHistory) {
        guard !history.startsAnywhere, history.values.count <= 2,
            history.operations.allSatisfy({ $0.kind != .write && $0.isToggleOrRead })
        else { return nil }
        operations = history.operations
        isDone = [Bool](repeating: false, count: operations.count)
    }

    /// Whether the operations can be put in order.
    ///
    /// - Complexity: O(n) for a bounded number of pending operations.
    mutating func isLinearizable() -> Bool {
        for event in operations.timeline() {
            let index = Int(event.operation)
            let operation = operations[index]
            if !event.isReturn {
                begin(index, operation)
            } else if !isDone[index] {
                guard state == operation.before || flip(),
                    operation.kind == .read || flip()
                else { return false }
            }
        }
        return true
    }

    private mutating func begin(_ index: Int, _ operation: RegisterOperation) {
        let after = Int(operation.after)
        if operation.kind == .read {
            if operation.before == state {
                isDone[index] = true
            } else {
                waiting[after].append(index)
            }
        } else if operation.isUnknown {
            unknown[after] += 1
        } else {
            let place = pending[after].firstIndex { operations[$0].return < operation.return }
            pending[after].insert(index, at: place ?? pending[after].endIndex)
        }
    }

    /// Lets a toggle take effect, if there is one.
    private mutating func flip() -> Bool {
        let other = 1 - Int(state)
        if let next = pending[other].popLast() {
            isDone[next] = true
        } else if unknown[other] > 0 {
            unknown[other] -= 1
        } else {
            return false
        }
        state = Int32(other)
        for read in waiting[other] { isDone[read] = true }
        waiting[other].removeAll(keepingCapacity: true)
        return true
    }
}

extension RegisterOperation {
    fileprivate var isToggleOrRead: Bool {
        kind == .read || before != after
    }
}
