/// Finds in linear time why a queue on which every value is enqueued once is not linearizable.
///
/// Goes by the same conditions as ``QueueStream``, but knows who took what from the beginning: along
/// the events it keeps the values that are certainly in the queue, those whose enqueue has returned
/// and whose dequeue was not called.
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
    /// How many values are certainly in the queue that a known dequeue takes, and when there was last
    /// none, and of others no more than dequeues of unknown outcome can have taken.
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
            case (.empty, true) where lastEmpty < operation.call:
                return notEmpty(index, operation)
            case (.enqueue, false), (.empty, _), (.unknown, true): break
            }
            if live == 0, remaining.count <= unknown.count { lastEmpty = time }
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
            live += 1
        } else {
            remaining.append(value)
        }
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

    /// Values that one after the other were in the queue all the while; and the first of those that
    /// nobody is known to have taken, one more than dequeues of unknown outcome can have.
    private func notEmpty(_ index: Int, _ empty: QueueOperation) -> QueueViolation {
        var values: [Int32] = []
        var time = empty.call
        while time < empty.return {
            let excess = excess(at: time)
            guard excess.isEmpty else {
                values += excess
                let calls = unknown.map { history.operations[$0].call }
                time = calls.first { $0 > time } ?? empty.return
                continue
            }
            var best: (value: Int32, until: Int)?
            for value in queue where enqueue(value).return < time {
                let until = dequeue(value)?.call ?? QueueOperation.never
                if until > best?.until ?? time { best = (value, until) }
            }
            guard let best else { break }
            values.append(best.value)
            time = best.until
        }
        return .notEmpty(dequeue: index, values: Array(Set(values)).sorted(), unknown: unknown)
    }

    /// The first values that nobody is known to have taken, if dequeues of unknown outcome can't have
    /// taken them all by then.
    private func excess(at time: Int) -> ArraySlice<Int32> {
        let takers = unknown.count { history.operations[$0].call <= time }
        let there = remaining.prefix { enqueue($0).return <= time }
        return there.count > takers ? there.prefix(takers + 1) : []
    }
}
