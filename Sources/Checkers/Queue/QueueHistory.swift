import HistoryModel

/// What was done to one queue, or stack, into which every value was put once, without all that proves
/// nothing: operations that failed, and enqueues of unknown outcome whose value nobody dequeued.
struct QueueHistory: Sendable {
    /// The operations in the order of their calls.
    private(set) var operations: [QueueOperation] = []
    /// Per value: who enqueued it, or -1.
    private(set) var enqueuers: [Int32] = []
    /// Per value: who dequeued it, or -1.
    private(set) var dequeuers: [Int32] = []
    /// The most operations that were pending at a time, unknowns apart.
    private(set) var concurrency = 0
    /// A second dequeue of a value that was enqueued only once.
    private(set) var dequeuedAgain: Int?

    /// Nil if it is no history of a queue, or if a value was enqueued twice, or nil, which stands for
    /// nothing.
    init?(
        members: [Int32], of list: OperationList, put: Function = "enqueue",
        take: Function = "dequeue"
    ) {
        let enqueue = list.number(of: put)
        let dequeue = list.number(of: take)
        var numbers = CodeNumbers(expecting: members.count / 2)
        operations.reserveCapacity(members.count)
        var isQueue = true
        list.forEach(at: members) { member, original in
            guard original.outcome != .fail else { return true }
            let isKnown = original.outcome == .ok
            var operation = QueueOperation(
                kind: .enqueue, value: -1, source: member, call: Int(original.call),
                return: original.knownReturn)
            if original.function == enqueue {
                isQueue = original.input != .null
                operation.value = numbers.number(original.input)
            } else if original.function != dequeue {
                isQueue = false
            } else if !isKnown {
                operation.kind = .unknown
            } else if original.output == .null {
                operation.kind = .empty
            } else {
                operation.kind = .dequeue
                operation.value = numbers.number(original.output)
            }
            operations.append(operation)
            return isQueue
        }
        guard isQueue, link(valueCount: numbers.codes.count) else { return nil }
        concurrency = operations.renumberEvents()
    }

    /// Drops useless enqueues, and finds for each value who brought and who took it.
    private mutating func link(valueCount: Int) -> Bool {
        var isTaken = [Bool](repeating: false, count: valueCount)
        for operation in operations where operation.kind == .dequeue {
            isTaken[Int(operation.value)] = true
        }
        operations.removeAll {
            $0.kind == .enqueue && $0.isUnknown && !isTaken[Int($0.value)]
        }
        enqueuers = [Int32](repeating: -1, count: valueCount)
        dequeuers = enqueuers
        for (index, operation) in operations.enumerated() {
            let value = Int(operation.value)
            switch operation.kind {
            case .enqueue:
                guard enqueuers[value] < 0 else { return false }
                enqueuers[value] = Int32(index)
            case .dequeue:
                if dequeuers[value] < 0 {
                    dequeuers[value] = Int32(index)
                } else {
                    dequeuedAgain = dequeuedAgain ?? index
                }
            case .empty, .unknown: break
            }
        }
        return true
    }
}

extension QueueHistory {
    /// The sources of operations that contradict each other whatever the order of the queue: a value
    /// that nobody put in, that was taken before that, or twice.
    var contradiction: [Int32]? {
        if let second = dequeuedAgain {
            let value = Int(operations[second].value)
            let first = operations[Int(dequeuers[value])].source
            let put = enqueuers[value] >= 0 ? [operations[Int(enqueuers[value])].source] : []
            return put + [first, operations[second].source]
        }
        for operation in operations where operation.kind == .dequeue {
            let enqueuer = Int(enqueuers[Int(operation.value)])
            guard enqueuer >= 0 else { return [operation.source] }
            if operation.return < operations[enqueuer].call {
                return [operations[enqueuer].source, operation.source]
            }
        }
        return nil
    }
}
