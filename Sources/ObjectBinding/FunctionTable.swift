public import HistoryModel
public import Objects
public import Workloads

/// What a store can be asked for: the functions of each type of object that it has.
///
///     let table = FunctionTable.known
///     table.functions[.queue]                        // [enqueue, dequeue]
///     table.operation(invocation, on: .queue)        // .enqueue(7)
public struct FunctionTable: Sendable {
    /// The functions of each type of object, in the order of the rows.
    public private(set) var functions: [ObjectType: [Function]] = [:]
    private var bound: [ObjectType: [Function: BoundFunction]] = [:]

    /// Makes a table of these rows; a later one replaces an earlier one of the same function.
    public init(_ rows: [BoundFunction]) {
        for row in rows {
            let earlier = bound[row.object, default: [:]].updateValue(row, forKey: row.function)
            if earlier == nil { functions[row.object, default: []].append(row.function) }
        }
    }

    /// What an invocation asks of the store; nil if the object has no such function, or the
    /// function takes no such value.
    public func operation(_ invocation: Invocation, on object: ObjectType) -> ObjectOperation? {
        bound[object]?[invocation.operation.function]?.operation(invocation)
    }

    /// The end of an invocation that the store has no operation for; certainly nothing was done.
    public func refusal(
        of invocation: Invocation, on object: ObjectType, by system: String
    ) -> Completion {
        let operation = invocation.operation
        let asked = "\(operation.function.rawValue) of \(operation.value)"
        let known = functions[object]?.map(\.rawValue).joined(separator: ", ")
        return Completion(
            thread: invocation.thread, type: .fail, value: operation.value,
            error: "the \(system) store has no operation \(asked) on a \(object): "
                + (known.map { "it has \($0)" } ?? "it has no such objects"),
            backOff: 100_000_000)
    }
}

extension FunctionTable {
    /// All that `ObjectStore` can do.
    public static let known = FunctionTable([
        BoundFunction(.register, .read, is: .read),
        BoundFunction(.register, .write, of: ObjectOperation.write),
        BoundFunction(.register, .cas, compareAndSet),
        BoundFunction(.queue, "enqueue", of: ObjectOperation.enqueue),
        BoundFunction(.queue, "dequeue", is: .dequeue),
        BoundFunction(.set, .add, of: ObjectOperation.addElement),
        BoundFunction(.set, .read, is: .readSet),
        BoundFunction(.lock, "acquire", by: ObjectOperation.acquire),
        BoundFunction(.lock, "release", by: ObjectOperation.release),
        BoundFunction(.counter, .add, of: ObjectOperation.addNumber),
        BoundFunction(.counter, .read, is: .readCounter),
        BoundFunction(.list, "append", of: ObjectOperation.append),
        BoundFunction(.list, .read, is: .readList),
        BoundFunction(.ids, "generate", is: .nextID),
    ])

    /// The value is `[expected new]`; nil expects a register that was never written.
    @Sendable
    private static func compareAndSet(_ invocation: Invocation) -> ObjectOperation? {
        guard case .list(let pair) = invocation.operation.value, pair.count == 2,
            let new = pair[1].integer
        else {
            return nil
        }
        if pair[0] == .null { return .compareAndSet(expected: nil, new: new) }
        return pair[0].integer.map { .compareAndSet(expected: $0, new: new) }
    }
}
