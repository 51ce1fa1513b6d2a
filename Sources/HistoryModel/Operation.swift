public import Vocabulary

/// An invocation together with its completion.
public struct Operation: Hashable, Sendable {
    /// How the operation ended.
    public enum Outcome: String, Hashable, Sendable, BitwiseCopyable, CaseIterable {
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
        callTime = invocation.time
        process = invocation.process
        function = invocation.function
        key = invocation.key
        input = invocation.value
        node = invocation.node
        output = .null
        outcome = .info
        guard let completion else { return }
        `return` = completion.index
        returnTime = completion.time
        output = completion.value
        found = completion.found
        outcome =
            switch completion.type {
            case .ok: .ok
            case .fail: .fail
            case .info, .invoke: .info
            }
        error = completion.error
        node = completion.node ?? node
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

    /// A success under another key than that of its invocation.
    case keyChanged(index: Int, invoked: Value?, completed: Value)
    /// A success that names another value than was asked for.
    case valueChanged(index: Int, function: Function, invoked: Value, completed: Value)
    /// A completion that carries an earlier time than its invocation.
    case timeWentBack(index: Int, process: ProcessID, invoked: Instant, completed: Instant)

    /// The number of the event that can't be.
    public var index: Int {
        switch self {
        case .completionWithoutInvocation(let index, _), .overlappingInvocations(let index, _),
            .functionChanged(let index, _, _), .keyChanged(let index, _, _),
            .valueChanged(let index, _, _, _), .timeWentBack(let index, _, _, _):
            index
        }
    }

    /// What else a completion may have meant.
    private static func hint(_ function: Function, _ completed: Value) -> String {
        let counts: [Function] = [.add, "increment", "decrement"]
        guard counts.contains(function), case .integer = completed else { return "" }
        return " (a counter's change that answers with the new number is an add-and-get)"
    }

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
            "event \(index): completes \(completed.rawValue), but the process had invoked "
                + "\(invoked.rawValue)"
        case .keyChanged(let index, let invoked, let completed):
            "event \(index): completes an operation on the key \(completed), but the process had "
                + "invoked one \(invoked.map { "on the key \($0)" } ?? "without a key")"
        case .valueChanged(let index, let function, let invoked, let completed):
            "event \(index): completes \(function.rawValue) of \(completed), but the process had "
                + "invoked \(function.rawValue) of \(invoked); an ok repeats what was asked for, or "
                + "has no value\(Self.hint(function, completed)). With --lenient its outcome counts "
                + "as unknown"
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
    public var events: EventList

    /// Makes a history of these events.
    public init(events: EventList = []) { self.events = events }

    /// Makes a history of these events.
    public init(events: [Event]) { self.events = EventList(events) }

    /// Pairs invocations with completions, in the order of the invocations.
    ///
    /// An operation that never completed, or whose process ended with `info`, is `info`.
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(n).
    public func operations() throws(HistoryError) -> OperationList {
        try OperationList(self)
    }
}
