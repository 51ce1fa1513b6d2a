/// The operations of a history in the order of their invocations, packed into 32 bytes each.
///
/// Made from events, or directly, without any, by an ``OperationListBuilder``. Whole operations
/// are put together when asked for.
public struct OperationList: RandomAccessCollection, Sendable {
    /// The operations, packed.
    public let packed: [PackedOperation]
    /// The functions by their numbers.
    public let functions: [Function]
    /// The values that do not stand for themselves.
    public let pool: ValuePool
    /// The events that the operations were made from; empty if they were made directly.
    private let events: EventList

    init(
        packed: [PackedOperation], functions: [Function], pool: ValuePool, events: EventList = []
    ) {
        self.packed = packed
        self.functions = functions
        self.pool = pool
        self.events = events
    }

    /// Pairs invocations with completions.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(n).
    public init(_ history: History) throws(HistoryError) {
        var builder = OperationListBuilder(history.events)
        try builder.add(history.events)
        self = OperationList(
            packed: builder.packed, functions: builder.functions, pool: builder.pool,
            events: history.events)
    }

    /// The place of the first operation.
    public var startIndex: Int { 0 }
    /// The place behind the last operation.
    public var endIndex: Int { packed.count }

    /// The operation at a place.
    ///
    /// One that was made without events has no times, nodes and errors.
    public subscript(place: Int) -> Operation {
        let operation = packed[place]
        let call = Int(operation.call)
        let end = operation.return == PackedOperation.never ? nil : Int(operation.return)
        guard events.isEmpty else {
            return Operation(invocation: events[call], completion: end.map { events[$0] })
        }
        let process = pool.process(of: operation.process)
        let key = operation.key == .absent ? nil : pool.value(of: operation.key)
        let invocation = Event(
            index: call, process: process, type: .invoke, function: function(at: place), key: key,
            value: input(at: place))
        guard let end else { return Operation(invocation: invocation, completion: nil) }
        let didFail = operation.outcome == .fail
        let output =
            didFail || operation.output == .absent
            ? invocation.value : pool.value(of: operation.output)
        let found =
            didFail && operation.output != .absent ? pool.value(of: operation.output) : nil
        return Operation(
            invocation: invocation,
            completion: Event(
                index: end, process: process, type: operation.outcome.eventType,
                function: invocation.function, key: key, value: output, found: found))
    }

    /// What the operation at a place was.
    public func function(at place: Int) -> Function { functions[Int(packed[place].function)] }

    /// The number of the process that did the operation at a place.
    public func process(at place: Int) -> Int { pool.process(of: packed[place].process).rawValue }

    /// What the operation at a place asked for.
    public func input(at place: Int) -> Value {
        let operation = packed[place]
        let first = pool.value(of: operation.input)
        guard operation.second != .absent else { return first }
        return .list([first, pool.value(of: operation.second)])
    }

    /// The number of a function, if any operation has it.
    public func number(of function: Function) -> UInt8? {
        functions.firstIndex(of: function).map { UInt8($0) }
    }
}

extension Operation.Outcome {
    /// What a completion of this outcome is.
    fileprivate var eventType: EventType {
        switch self {
        case .ok: .ok
        case .fail: .fail
        case .info: .info
        }
    }
}
