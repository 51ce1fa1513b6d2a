public import Vocabulary

/// An invocation together with its completion.
public struct Operation: Hashable, Sendable {
    /// How the operation ended.
    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// It took effect between call and return.
        case ok
        /// It never took effect.
        case fail
        /// It may take effect at any time after its call, or never.
        case info
    }

    /// The index of the invocation in the history.
    public var call: Int
    /// The index of the completion, or nil while the operation is open.
    public var `return`: Int?
    /// When it was invoked.
    public var callTime: Instant
    /// When it completed, or nil while it is open.
    public var returnTime: Instant?
    /// Who did it.
    public var process: ProcessID
    /// What was done.
    public var function: Function
    /// The key it was done to.
    public var key: Value?
    /// What was asked for: the value written, `[expected, new]`, or null for a read.
    public var input: Value
    /// What came back: the value read; otherwise as in the completion, or null.
    public var output: Value
    /// What a failed compare-and-set found instead.
    public var found: Value?
    /// How it ended; an operation without completion is `info`.
    public var outcome: Outcome
    /// Why it failed or stayed unknown.
    public var error: String?
    /// The node that answered last, or else the one that was asked.
    public var node: NodeID?

    /// Pairs an invocation with its completion, if there was one.
    public init(invocation: Event, completion: Event?) {
        call = invocation.index
        `return` = completion?.index
        callTime = invocation.time
        returnTime = completion?.time
        process = invocation.process
        function = invocation.function
        key = invocation.key
        input = invocation.value
        output = completion?.value ?? .null
        found = completion?.found
        outcome =
            switch completion?.type {
            case .ok: .ok
            case .fail: .fail
            case .info, .invoke, nil: .info
            }
        error = completion?.error
        node = completion?.node ?? invocation.node
    }
}

/// A history that cannot be one: what is wrong, and at which event.
public enum HistoryError: Error, Hashable, CustomStringConvertible {
    /// A completion of a process that has nothing open.
    case completionWithoutInvocation(index: Int, process: ProcessID)
    /// A second invocation of a process whose first has not ended.
    case overlappingInvocations(index: Int, process: ProcessID)
    /// A completion that names another function than its invocation.
    case functionChanged(index: Int, invoked: Function, completed: Function)

    /// A completion that carries an earlier time than its invocation.
    case timeWentBack(index: Int, process: ProcessID, invoked: Instant, completed: Instant)

    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .completionWithoutInvocation(let index, let process):
            "event \(index): process \(process.rawValue) completes an operation that it never "
                + "invoked; the file is damaged or not a history"
        case .overlappingInvocations(let index, let process):
            "event \(index): process \(process.rawValue) invokes an operation before its last "
                + "one has ended; a process runs one at a time, give each client its own number"
        case .functionChanged(let index, let invoked, let completed):
            "event \(index): completes a \(completed.rawValue), but the process had invoked a "
                + "\(invoked.rawValue)"
        case .timeWentBack(let index, let process, let invoked, let completed):
            "event \(index): process \(process.rawValue) completes an operation at "
                + "\(completed.nanoseconds) ns that it invoked at \(invoked.nanoseconds) ns; the "
                + "clock it was recorded by went back"
        }
    }
}

/// Everything that the clients of a run did, in the one order in which it was seen.
public struct History: Hashable, Sendable {
    /// The events; `index` rises strictly.
    public var events: [Event]

    /// Makes a history of these events.
    public init(events: [Event] = []) { self.events = events }

    /// Pairs invocations with completions, in the order of the invocations.
    ///
    /// An operation that never completed, or whose process ended with `info`, is `info`.
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(n).
    public func operations() throws(HistoryError) -> [Operation] {
        var operations: [Operation] = []
        operations.reserveCapacity(events.count / 2)
        var open: [ProcessID: (slot: Int, invocation: Int)] = [:]
        for (position, event) in events.enumerated() {
            if event.type == .invoke {
                guard open[event.process] == nil else {
                    throw .overlappingInvocations(index: event.index, process: event.process)
                }
                open[event.process] = (operations.count, position)
                operations.append(Operation(invocation: event, completion: nil))
                continue
            }
            guard let (slot, invocation) = open.removeValue(forKey: event.process) else {
                throw .completionWithoutInvocation(index: event.index, process: event.process)
            }
            guard events[invocation].function == event.function else {
                throw .functionChanged(
                    index: event.index, invoked: events[invocation].function,
                    completed: event.function)
            }
            guard events[invocation].time <= event.time else {
                throw .timeWentBack(
                    index: event.index, process: event.process, invoked: events[invocation].time,
                    completed: event.time)
            }
            operations[slot] = Operation(invocation: events[invocation], completion: event)
        }
        return operations
    }
}
