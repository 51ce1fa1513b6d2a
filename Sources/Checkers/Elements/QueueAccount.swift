import HistoryModel

/// What went into one queue and what came out, value by value.
struct QueueAccount {
    /// What was done with one value.
    struct Entry {
        var value: Value
        /// The enqueues that may have brought it, in the order of their calls.
        var puts: [Operation] = []
        /// The operations that took it, once for each time, in the order of their returns.
        var takes: [Operation] = []

        /// Before which call an enqueue must have returned for its value to be missed.
        var missedUntil = Int.max

        var acknowledged: Int {
            puts.count { $0.outcome == .ok && $0.return ?? .max < missedUntil }
        }
        var lost: Int { max(0, acknowledged - takes.count) }
        /// What can only have come from enqueues of unknown outcome.
        var recovered: Int { max(0, min(takes.count, puts.count) - acknowledged) }
        var isFromNowhere: Bool { puts.isEmpty && !takes.isEmpty }
        var isTakenTooOften: Bool { !puts.isEmpty && takes.count > puts.count }

        /// The first take by whose return the value had been taken more often than its enqueue had
        /// been called, though it was called often enough later; with how often it had been called.
        ///
        /// Where the value was taken too often anyway, only a take before the first enqueue counts.
        var early: (place: Int, puts: Int)? {
            guard !puts.isEmpty else { return nil }
            var before = 0
            for (place, take) in takes.enumerated() {
                while before < puts.count, puts[before].call < take.return ?? .max { before += 1 }
                guard place >= before else { continue }
                return isTakenTooOften && before > 0 ? nil : (place, before)
            }
            return nil
        }
    }

    let key: Value
    /// In the order in which the values came up.
    private(set) var entries: [Entry] = []
    /// The dequeues of unknown outcome, each of which can have taken any one value.
    private(set) var unknownDequeues: [Operation] = []
    /// Whether a drain of unknown outcome can have taken everything.
    private(set) var hasUnknownDrain = false

    /// Accounts for the operations on one queue, in the order of their calls.
    ///
    /// If the queue is not known to have been drained, only what was put in before somebody found it
    /// empty can be missed.
    init(key: Value, _ operations: [Operation], isDrained: Bool = true) {
        self.key = key
        let foundEmpty = operations.last { $0.outcome == .ok && $0.foundEmpty }?.call ?? 0
        var places: [Value: Int] = [:]
        func place(of value: Value) -> Int {
            let place = places[value] ?? entries.count
            if place == entries.count {
                places[value] = place
                entries.append(Entry(value: value, missedUntil: isDrained ? .max : foundEmpty))
            }
            return place
        }
        for operation in operations where operation.outcome != .fail {
            switch (operation.function, operation.outcome) {
            case ("enqueue", _): entries[place(of: operation.input)].puts.append(operation)
            case (_, .ok):
                for value in operation.taken { entries[place(of: value)].takes.append(operation) }
            case ("drain", _): hasUnknownDrain = true
            default: unknownDequeues.append(operation)
            }
        }
        for place in entries.indices {
            entries[place].takes.sort { $0.return ?? .max < $1.return ?? .max }
        }
    }

    var lostCount: Int { entries.reduce(0) { $0 + $1.lost } }

    /// Whether more is lost than operations of unknown outcome can have taken.
    var isLossCertain: Bool { !hasUnknownDrain && lostCount > unknownDequeues.count }
}

extension Operation {
    /// Whether nothing was left in the queue behind it.
    fileprivate var foundEmpty: Bool {
        function == "drain" || function == "dequeue" && output == .null
    }

    /// What it took out of a queue.
    fileprivate var taken: [Value] {
        switch function {
        case "drain": output.elements
        default: output == .null ? [] : [output]
        }
    }
}
