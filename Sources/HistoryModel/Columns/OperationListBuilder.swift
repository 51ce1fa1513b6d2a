/// Packs operations, from events or as they are generated.
///
/// ```swift
/// var builder = OperationListBuilder(expecting: 1)
/// try builder.invoke(process: 0, .write, value: 7)
/// try builder.complete(process: 0, .ok, value: 7)
/// let operations = builder.finish()
/// ```
public struct OperationListBuilder: Sendable {
    var packed: [PackedOperation] = []
    private(set) var functions: [Function] = []
    private(set) var pool = ValuePool()
    /// The number of compare-and-set, whose input is two values.
    private var cas: UInt8?
    private var open: OpenOperations
    private var place: UInt32 = 0

    /// Makes room for so many operations.
    public init(expecting count: Int) {
        packed.reserveCapacity(count)
        open = OpenOperations(expecting: count)
    }

    /// A process begins an operation.
    ///
    /// - Throws: ``HistoryError`` if the process has one open.
    public mutating func invoke(
        process: Int, _ function: Function, key: Value? = nil, value: Value = .null
    ) throws(HistoryError) {
        guard open.begin(process, as: Int32(packed.count)) else {
            throw .overlappingInvocations(index: Int(place), process: ProcessID(process))
        }
        append(process: process, function: function, key: key, value: value)
    }

    /// A process ends the operation that it has open.
    ///
    /// - Throws: ``HistoryError`` if it has none.
    public mutating func complete(
        process: Int, _ type: EventType, value: Value = .null, found: Value? = nil
    ) throws(HistoryError) {
        guard let number = open.end(process) else {
            throw .completionWithoutInvocation(index: Int(place), process: ProcessID(process))
        }
        finish(Int(number), type, value: value, found: found)
    }

    /// The operations.
    public consuming func finish() -> OperationList {
        OperationList(packed: packed, functions: functions, pool: pool)
    }
}

// MARK: - From events

extension OperationListBuilder {
    /// Makes room for the operations of some events, and takes over their values.
    init(_ events: EventList) {
        self.init(expecting: events.indices.count { events.type(at: $0) == .invoke })
        pool = events.pool
    }

    /// Packs events whose values are in the pool, code by code: to put whole events together would
    /// take many times as long.
    mutating func add(_ events: EventList) throws(HistoryError) {
        let numbers = events.functions.all.map { number(of: $0) }
        for (place, event) in events.packed.enumerated() {
            let process = pool.process(of: event.process).rawValue
            let kind = events.kinds[Int(event.kind)]
            guard kind.type == .invoke else {
                guard let number = open.end(process).map(Int.init) else {
                    throw .completionWithoutInvocation(
                        index: events.index(at: place), process: ProcessID(process))
                }
                try check(events, place, against: Int(packed[number].call))
                finish(number, at: place, with: event, kind.type)
                continue
            }
            guard open.begin(process, as: Int32(packed.count)) else {
                throw .overlappingInvocations(
                    index: events.index(at: place), process: ProcessID(process))
            }
            packed.append(
                PackedOperation(
                    call: UInt32(place), process: event.process, key: event.key,
                    input: event.value, second: event.second, function: numbers[kind.function]))
        }
    }

    private mutating func finish(
        _ number: Int, at: Int, with event: EventList.Packed, _ type: EventType
    ) {
        packed[number].return = UInt32(at)
        switch type {
        case .ok:
            packed[number].outcome = .ok
            // What a compare-and-set gave back is mostly what it was asked for, which is no news.
            if event.second == .absent {
                packed[number].output = event.value
            } else if packed[number].second == .absent {
                packed[number].output = pool.code(
                    of: .list([pool.value(of: event.value), pool.value(of: event.second)]))
            } else {
                packed[number].output = .absent
            }
        case .fail:
            packed[number].outcome = .fail
            packed[number].output = event.found
        case .info, .invoke: break
        }
    }

    /// A completion must fit its invocation.
    private func check(
        _ events: EventList, _ index: Int, against invocation: Int
    ) throws(HistoryError) {
        let invoked = events.packed[invocation]
        let completed = events.packed[index]
        let kinds = (
            invoked: events.kinds[Int(invoked.kind)], completed: events.kinds[Int(completed.kind)]
        )
        guard kinds.invoked.function == kinds.completed.function else {
            throw .functionChanged(
                index: events.index(at: index), invoked: events.functions[kinds.invoked.function],
                completed: events.functions[kinds.completed.function])
        }
        // A failure or an unknown outcome may have its reason where others have key and value.
        if completed.key != .absent, kinds.completed.type == .ok, invoked.key != completed.key {
            throw .keyChanged(
                index: events.index(at: index),
                invoked: invoked.key == .absent ? nil : pool.value(of: invoked.key),
                completed: pool.value(of: completed.key))
        }
        guard invoked.time <= completed.time else {
            throw .timeWentBack(
                index: events.index(at: index), process: pool.process(of: completed.process),
                invoked: invoked.time, completed: completed.time)
        }
    }
}

// MARK: - One operation

extension OperationListBuilder {
    @inline(__always)
    private mutating func append(process: Int, function: Function, key: Value?, value: Value) {
        let function = number(of: function)
        var input = ValueCode.absent
        var second = ValueCode.absent
        if function == cas, case .list(let pair) = value, pair.count == 2 {
            input = code(of: pair[0])
            second = code(of: pair[1])
        } else {
            input = code(of: value)
        }
        packed.append(
            PackedOperation(
                call: place, process: code(of: .integer(Int64(process))),
                key: key.map { code(of: $0) } ?? .absent, input: input, second: second,
                function: function))
        place += 1
    }

    @inline(__always)
    private mutating func finish(_ number: Int, _ type: EventType, value: Value, found: Value?) {
        packed[number].return = place
        switch type {
        case .ok:
            packed[number].outcome = .ok
            packed[number].output =
                packed[number].second == .absent ? code(of: value) : echo(of: value)
        case .fail:
            packed[number].outcome = .fail
            packed[number].output = found.map { code(of: $0) } ?? .absent
        case .info, .invoke: break
        }
        place += 1
    }

    @inline(__always)
    private mutating func code(of value: Value) -> ValueCode {
        if case .integer(let integer) = value, let code = ValueCode(integer) { return code }
        return pool.code(of: value)
    }

    /// What a compare-and-set gave back: mostly what it was asked for, which is no news.
    private mutating func echo(of value: Value) -> ValueCode {
        if case .list(let pair) = value, pair.count == 2 { return .absent }
        return code(of: value)
    }

    private mutating func number(of function: Function) -> UInt8 {
        for (number, known) in functions.enumerated()
        where known.rawValue.utf8.count == function.rawValue.utf8.count && known == function {
            return UInt8(number)
        }
        // No model knows so many: what comes after that goes by a name that none knows either.
        guard functions.count < Int(UInt8.max) else {
            if functions.count == Int(UInt8.max) { functions.append("one of too many") }
            return .max
        }
        if function == .cas { cas = UInt8(functions.count) }
        functions.append(function)
        return UInt8(functions.count - 1)
    }
}
