/// Decides in linear time whether a queue on which every value is enqueued once is linearizable.
///
/// Goes along the events and keeps the values that are certainly in the queue: those whose enqueue
/// has returned and whose dequeue was not called.
///
/// Source: Bouajjani, Emmi, Enea & Hamza, "On reducing linearizability to state reachability"
/// (2018), the forbidden patterns of a queue, with unknown outcomes and empty queues added.
struct QueueMonitor {
    private let history: QueueHistory
    /// The values that a known dequeue takes, in the order of the returns of their enqueues; the
    /// first of those that are certainly in the queue stands at `first`.
    private var queue: [Int32] = []
    private var first = 0
    /// The same for values that no known dequeue takes.
    private var remaining: [Int32] = []
    private var firstRemaining = 0
    /// How many values are certainly in the queue, and when there was last none.
    private var live = 0
    private var lastEmpty = -1
    /// Values that only dequeues of unknown outcome can have taken, and by what one sees it.
    private var taken: [(first: Int32, second: Int32)] = []
    /// The dequeues of unknown outcome so far.
    private var unknown: [Int] = []

    init(_ history: QueueHistory) { self.history = history }

    /// Finds the reason why the operations can't be put in order, if there is one.
    ///
    /// - Complexity: O(n).
    mutating func violation() -> QueueViolation? {
        if let violation = contradiction() { return violation }
        for (time, event) in history.operations.timeline().enumerated() {
            let index = Int(event.operation)
            let operation = history.operations[index]
            switch (operation.kind, event.isReturn) {
            case (.enqueue, true): enqueued(operation.value, at: time)
            case (.dequeue, false): willDequeue(operation.value, at: time)
            case (.dequeue, true):
                if let violation = dequeued(operation.value, at: time) { return violation }
            case (.unknown, false): unknown.append(index)
            case (.empty, true) where live > 0 && lastEmpty < operation.call:
                return .notEmpty(dequeue: index, values: cover(of: operation))
            case (.enqueue, false), (.empty, _), (.unknown, true): break
            }
            if live == 0 { lastEmpty = time }
        }
        return nil
    }

    /// What is wrong with a value on its own.
    private func contradiction() -> QueueViolation? {
        for (index, operation) in history.operations.enumerated() where operation.kind == .dequeue {
            let enqueuer = Int(history.enqueuers[Int(operation.value)])
            guard enqueuer >= 0 else { return .neverEnqueued(dequeue: index) }
            if operation.return < history.operations[enqueuer].call {
                return .tooEarly(enqueue: enqueuer, dequeue: index)
            }
        }
        guard let second = history.dequeuedAgain else { return nil }
        let value = Int(history.operations[second].value)
        return .dequeuedTwice(first: Int(history.dequeuers[value]), second: second)
    }

    private func enqueue(_ value: Int32) -> QueueOperation {
        history.operations[Int(history.enqueuers[Int(value)])]
    }

    private func dequeue(_ value: Int32) -> QueueOperation? {
        let dequeuer = Int(history.dequeuers[Int(value)])
        return dequeuer < 0 ? nil : history.operations[dequeuer]
    }

    private mutating func enqueued(_ value: Int32, at time: Int) {
        if let dequeue = dequeue(value) {
            guard dequeue.call > time else { return }
            queue.append(value)
        } else {
            remaining.append(value)
        }
        live += 1
    }

    private mutating func willDequeue(_ value: Int32, at time: Int) {
        guard enqueue(value).return < time else { return }
        live -= 1
        while first < queue.count, let dequeue = dequeue(queue[first]), dequeue.call <= time {
            first += 1
        }
    }

    /// Whatever was enqueued before a value must be gone once the value is.
    private mutating func dequeued(_ value: Int32, at time: Int) -> QueueViolation? {
        let begun = enqueue(value).call
        if first < queue.count, enqueue(queue[first]).return < begun {
            return .overtaken(first: queue[first], second: value)
        }
        while firstRemaining < remaining.count,
            enqueue(remaining[firstRemaining]).return < begun
        {
            taken.append((remaining[firstRemaining], value))
            firstRemaining += 1
        }
        guard taken.count > unknown.count else { return nil }
        if unknown.isEmpty { return .overtaken(first: taken[0].first, second: value) }
        return .missing(overtaken: taken, unknown: unknown)
    }

    /// Values that one after the other were in the queue all the while.
    private func cover(of empty: QueueOperation) -> [Int32] {
        var values: [Int32] = []
        var time = empty.call
        while time < empty.return {
            var best: (value: Int32, until: Int)?
            for value in history.enqueuers.indices where history.enqueuers[value] >= 0 {
                let value = Int32(value)
                let until = dequeue(value)?.call ?? QueueOperation.never
                if enqueue(value).return < time, until > best?.until ?? time {
                    best = (value, until)
                }
            }
            guard let best else { return values }
            values.append(best.value)
            time = best.until
        }
        return values
    }
}
