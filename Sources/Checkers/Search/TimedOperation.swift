/// An operation by when it was called and when it returned.
protocol TimedOperation {
    /// The place of its invocation among the events of its key.
    var call: Int { get set }
    /// The place of its completion, or ``never``.
    var `return`: Int { get set }
}

extension TimedOperation {
    /// The place in time that is never reached: where an unknown outcome returns.
    static var never: Int { Int.max }

    var isUnknown: Bool { `return` == Self.never }
}

/// One event of a key.
struct TimelineEvent: Sendable {
    /// Where the operation stands among those of its key.
    var operation: Int32
    /// Whether it returned, rather than was called.
    var isReturn: Bool
}

extension Array where Element: TimedOperation {
    /// Numbers calls and returns from 0 without gaps, in the order in which they happened.
    ///
    /// - Returns: The most operations that were pending at a time, unknowns apart.
    mutating func renumberEvents() -> Int {
        var pending: [Int] = []
        var time = 0
        var concurrency = 0
        for index in indices {
            let call = self[index].call
            while let next = pending.last, self[next].return < call {
                self[next].return = time
                time += 1
                pending.removeLast()
            }
            self[index].call = time
            time += 1
            guard !self[index].isUnknown else { continue }
            // The next to return stands last; few are pending, so a step-wise insertion is quick.
            var place = pending.endIndex
            let `return` = self[index].return
            while place > 0, self[pending[place - 1]].return < `return` { place -= 1 }
            pending.insert(index, at: place)
            concurrency = Swift.max(concurrency, pending.count)
        }
        for next in pending.reversed() {
            self[next].return = time
            time += 1
        }
        return concurrency
    }

    /// All calls and returns in their order, once they are numbered without gaps.
    func timeline() -> [TimelineEvent] {
        var events = [TimelineEvent?](repeating: nil, count: 2 * count)
        for (index, operation) in enumerated() {
            events[operation.call] = TimelineEvent(operation: Int32(index), isReturn: false)
            guard !operation.isUnknown else { continue }
            events[operation.return] = TimelineEvent(operation: Int32(index), isReturn: true)
        }
        return events.compactMap { $0 }
    }

    /// Gives every operation of known outcome the lowest number that is free while it is pending.
    ///
    /// - Returns: How many numbers it took.
    func assignSlots(_ slots: inout [Int32], along timeline: [TimelineEvent]) -> Int {
        var free: [Int32] = []
        var used: Int32 = 0
        for event in timeline where !self[Int(event.operation)].isUnknown {
            let index = Int(event.operation)
            if event.isReturn {
                free.append(slots[index])
            } else if let slot = free.popLast() {
                slots[index] = slot
            } else {
                slots[index] = used
                used += 1
            }
        }
        return Int(used)
    }
}
