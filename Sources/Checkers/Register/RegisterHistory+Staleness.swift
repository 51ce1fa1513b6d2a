extension RegisterHistory {
    /// The first operation that observes a value which nobody had begun to bring when it returned.
    ///
    /// - Returns: Its place among the operations.
    /// - Complexity: O(n).
    func phantomObserver() -> Int? {
        var isBrought = [Bool](repeating: false, count: values.count)
        isBrought[Int(Self.initialValue)] = true
        for event in operations.timeline() {
            let operation = operations[Int(event.operation)]
            if !event.isReturn {
                if operation.mutates { isBrought[Int(operation.after)] = true }
            } else if operation.observes, !isBrought[Int(operation.before)] {
                return Int(event.operation)
            }
        }
        return nil
    }

    /// The first operation that observes a value which had been replaced for certain before it was
    /// called, and which nobody can have brought back since.
    ///
    /// If X returned before R was called, whatever X left behind was there before R. If that is not
    /// what R observes, somebody must have brought R's value after X, and so must have returned after X
    /// was called. That holds for any number of writes of the same value. It is a necessary condition
    /// only: that there is no such operation says nothing.
    ///
    /// - Returns: Its place among the operations.
    /// - Complexity: O(n).
    func staleObserver() -> Int? {
        var bringers = [Int](repeating: -2, count: values.count)
        bringers[Int(Self.initialValue)] = -1
        var latest = LatestStates()
        // Per observer: when the latest operation was called that left another value before it.
        var replaced = [Int](repeating: -1, count: operations.count)
        for event in operations.timeline() {
            let index = Int(event.operation)
            let operation = operations[index]
            let observed = Int(operation.before)
            if event.isReturn {
                if operation.observes, bringers[observed] < replaced[index] { return index }
                latest.add(operation.after, calledAt: operation.call)
            } else {
                if operation.mutates {
                    let after = Int(operation.after)
                    bringers[after] = max(bringers[after], operation.return)
                }
                if operation.observes {
                    replaced[index] = latest.call(ofOtherThan: operation.before)
                }
            }
        }
        return nil
    }
}

/// Of the operations that have returned: the two that were called last and left different values.
private struct LatestStates {
    private var first = (value: Int32(-1), call: -1)
    private var second = (value: Int32(-1), call: -1)

    mutating func add(_ value: Int32, calledAt call: Int) {
        if value == first.value {
            first.call = max(first.call, call)
        } else if call > first.call {
            second = first
            first = (value, call)
        } else if call > second.call {
            second = (value, call)
        }
    }

    /// When the latest was called that left another value; -1 if there is none.
    func call(ofOtherThan value: Int32) -> Int { first.value == value ? second.call : first.call }
}
