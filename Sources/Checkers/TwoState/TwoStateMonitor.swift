/// Decides in linear time about a register with two values: a lock, or an element of a set.
struct TwoStateMonitor {
    /// What it finds.
    enum Outcome: Hashable {
        case linearizable
        /// Nothing allows this operation to return what it did.
        case impossible(operation: Int)
        case undecided
    }

    private let operations: [RegisterOperation]

    /// Takes on the history if it has no more than two values.
    init?(_ history: RegisterHistory) {
        guard !history.startsAnywhere, history.values.count <= 2 else { return nil }
        operations = history.operations
    }

    /// Finds out whether the operations can be put in order.
    ///
    /// - Complexity: O(n) for a bounded number of pending operations.
    func outcome() -> Outcome {
        var stream = TwoStateStream(false)
        var calls: [TwoStateStream.Call?] = Array(repeating: nil, count: operations.count)
        for (time, event) in operations.timeline().enumerated() {
            let index = Int(event.operation)
            let operation = operations[index]
            if let call = calls[index] {
                guard stream.succeed(call, as: operation.action, at: time) else {
                    return stream.hasGuessed ? .undecided : .impossible(operation: index)
                }
            } else {
                let call = stream.begin(bringing: operation.target, at: time)
                if operation.isUnknown { stream.lose(call) } else { calls[index] = call }
            }
        }
        return .linearizable
    }
}

extension RegisterOperation {
    /// The state that it brings; nil if it only reads.
    fileprivate var target: Bool? {
        kind == .write || before != after ? after != RegisterHistory.initialValue : nil
    }

    fileprivate var action: TwoStateStream.Action {
        let state = after != RegisterHistory.initialValue
        if kind == .write { return .left(state) }
        return before == after ? .found(state) : .toggled(to: state)
    }
}
