/// The operations of a history in the order of their invocations, put together when asked for.
///
/// Takes eight bytes an operation beside the events.
public struct OperationList: RandomAccessCollection, Sendable {
    private let events: [Event]
    /// Per operation: where its invocation and its completion stand, or -1 for none.
    private var pairs: [(invocation: Int32, completion: Int32)] = []

    /// Pairs invocations with completions.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    /// - Complexity: O(n).
    public init(_ history: History) throws(HistoryError) {
        events = history.events
        pairs.reserveCapacity(events.count / 2 + 1)
        var open = OpenOperations(eventCount: events.count)
        for (position, event) in events.enumerated() {
            if event.type == .invoke {
                guard open.begin(event.process, as: Int32(pairs.count)) else {
                    throw .overlappingInvocations(index: event.index, process: event.process)
                }
                pairs.append((Int32(position), -1))
                continue
            }
            guard let slot = open.end(event.process) else {
                throw .completionWithoutInvocation(index: event.index, process: event.process)
            }
            try Self.match(event, with: events[Int(pairs[Int(slot)].invocation)])
            pairs[Int(slot)].completion = Int32(position)
        }
    }

    private static func match(
        _ completion: Event, with invocation: Event
    ) throws(HistoryError) {
        guard invocation.function == completion.function else {
            throw .functionChanged(
                index: completion.index, invoked: invocation.function,
                completed: completion.function)
        }
        guard invocation.time <= completion.time else {
            throw .timeWentBack(
                index: completion.index, process: completion.process, invoked: invocation.time,
                completed: completion.time)
        }
    }

    /// The place of the first operation.
    public var startIndex: Int { 0 }
    /// The place behind the last operation.
    public var endIndex: Int { pairs.count }

    /// The operation at a place.
    public subscript(place: Int) -> Operation {
        let pair = pairs[place]
        return Operation(
            events, invocation: Int(pair.invocation),
            completion: pair.completion < 0 ? nil : Int(pair.completion))
    }

    /// The key of the operation at a place.
    public func key(at place: Int) -> Value? { events[Int(pairs[place].invocation)].key }

    /// What the operation at a place was.
    public func function(at place: Int) -> Function {
        events[Int(pairs[place].invocation)].function
    }

    /// What the operation at a place asked for.
    public func input(at place: Int) -> Value { events[Int(pairs[place].invocation)].value }
}

/// The operations that processes have open; processes are mostly numbered from 0 without gaps.
private struct OpenOperations {
    private var dense: [Int32]
    private let denseMax: Int
    private var sparse: [ProcessID: Int32] = [:]

    init(eventCount: Int) {
        denseMax = eventCount + 1024
        dense = [Int32](repeating: -1, count: 1024)
    }

    /// Notes what a process begins; false if it has something open.
    mutating func begin(_ process: ProcessID, as operation: Int32) -> Bool {
        let number = process.rawValue
        guard number >= 0, number < denseMax else {
            return sparse.updateValue(operation, forKey: process) == nil
        }
        if number >= dense.count {
            let more = Swift.max(dense.count, number + 1 - dense.count)
            dense.append(contentsOf: repeatElement(-1, count: more))
        }
        guard dense[number] < 0 else { return false }
        dense[number] = operation
        return true
    }

    /// What the process had open, which is over now.
    mutating func end(_ process: ProcessID) -> Int32? {
        let number = process.rawValue
        guard number >= 0, number < denseMax else { return sparse.removeValue(forKey: process) }
        guard number < dense.count, dense[number] >= 0 else { return nil }
        defer { dense[number] = -1 }
        return dense[number]
    }
}
