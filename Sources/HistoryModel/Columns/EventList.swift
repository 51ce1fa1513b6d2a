public import Vocabulary

/// The events of a history in their order, packed into 32 to 48 bytes each.
///
/// Behaves like an array of ``Event``; whole events are put together when asked for. Those of an
/// hour of load fit into a gigabyte, as whole events they would take three or more.
public struct EventList: Sendable {
    /// What every event has.
    struct Packed: Sendable, BitwiseCopyable {
        var time: Instant
        var process: ValueCode
        var key: ValueCode
        /// The value, or the first of the two of a compare-and-set.
        var value: ValueCode
        /// The second value of a compare-and-set; ``ValueCode/absent`` for all others.
        var second: ValueCode
        var node: ValueCode
        /// The place of the function among all, and the type in the lowest two bits.
        private var functionAndType: UInt32

        init(function: Int, type: EventType, of event: Event) {
            time = event.time
            functionAndType = UInt32(function) << 2 | type.bits
            (process, key, value, second, node) = (.null, .absent, .null, .absent, .absent)
        }

        var function: Int { Int(functionAndType >> 2) }
        var type: EventType { EventType(bits: functionAndType & 3) }

        func withFunction(_ function: Int) -> Packed {
            var other = self
            other.functionAndType = UInt32(function) << 2 | functionAndType & 3
            return other
        }
    }

    private(set) var packed: [Packed] = []
    /// The functions in the order in which they were met.
    private(set) var functions = FunctionTable()
    /// The values that do not stand for themselves.
    private(set) var pool = ValuePool()
    /// The number of each event; none as long as each has the number of its place.
    private var indexes: [Int] = []
    /// What failed operations found; none as long as nothing was.
    private var found: [ValueCode] = []
    /// The errors; none as long as there is none.
    private var errors: [ValueCode] = []

    /// Makes an empty list.
    public init() {}

    /// About how many bytes of memory it takes.
    public var bytesHeld: Int {
        packed.count * MemoryLayout<Packed>.stride + indexes.count * 8 + found.count * 4
            + errors.count * 4 + pool.bytesHeld
    }
}

// MARK: - One event

extension EventList {
    /// The number of the event at a place.
    func index(at place: Int) -> Int { indexes.isEmpty ? place : indexes[place] }

    /// When the event at a place was seen; without putting all of it together.
    public func time(at place: Int) -> Instant { packed[place].time }

    /// What kind of event stands at a place; without putting all of it together.
    public func type(at place: Int) -> EventType { packed[place].type }

    /// What a failed operation found, as a code.
    func foundCode(at place: Int) -> ValueCode { found.isEmpty ? .absent : found[place] }

    private func event(at place: Int) -> Event {
        let event = packed[place]
        let first = pool.value(of: event.value)
        let found = foundCode(at: place)
        let error = errors.isEmpty ? .absent : errors[place]
        return Event(
            index: index(at: place), time: event.time, process: pool.process(of: event.process),
            type: event.type, function: functions[event.function],
            key: event.key == .absent ? nil : pool.value(of: event.key),
            value: event.second == .absent
                ? first : .list([first, pool.value(of: event.second)]),
            found: found == .absent ? nil : pool.value(of: found),
            error: error == .absent ? nil : pool.text(of: error),
            node: event.node == .absent ? nil : NodeID(pool.process(of: event.node).rawValue))
    }

    private mutating func pack(_ event: Event) -> Packed {
        let function = functions.number(of: event.function)
        var packed = Packed(function: function, type: event.type, of: event)
        packed.process = code(of: .integer(Int64(event.process.rawValue)))
        if let key = event.key { packed.key = code(of: key) }
        if event.function == .cas, case .list(let pair) = event.value, pair.count == 2 {
            packed.value = code(of: pair[0])
            packed.second = code(of: pair[1])
        } else {
            packed.value = code(of: event.value)
        }
        if let node = event.node { packed.node = code(of: .integer(Int64(node.rawValue))) }
        return packed
    }

    @inline(__always)
    private mutating func code(of value: Value) -> ValueCode {
        if case .integer(let integer) = value, let code = ValueCode(integer) { return code }
        return pool.code(of: value)
    }

    /// Notes what few events have; the event at the place itself is there already.
    private mutating func note(_ event: Event, at place: Int) {
        if !indexes.isEmpty || event.index != place {
            if indexes.isEmpty {
                indexes.reserveCapacity(packed.capacity)
                indexes.append(contentsOf: 0..<place)
            }
            Self.set(event.index, at: place, in: &indexes)
        }
        if !found.isEmpty || event.found != nil {
            let code: ValueCode = if let value = event.found { code(of: value) } else { .absent }
            Self.fill(&found, upTo: place, capacity: packed.capacity)
            Self.set(code, at: place, in: &found)
        }
        if !errors.isEmpty || event.error != nil {
            let code: ValueCode =
                if let error = event.error { code(of: .text(error)) } else { .absent }
            Self.fill(&errors, upTo: place, capacity: packed.capacity)
            Self.set(code, at: place, in: &errors)
        }
    }

    private static func fill(_ codes: inout [ValueCode], upTo place: Int, capacity: Int) {
        guard codes.count < place else { return }
        codes.reserveCapacity(capacity)
        codes.append(contentsOf: repeatElement(.absent, count: place - codes.count))
    }

    private static func set<Element>(_ new: Element, at place: Int, in column: inout [Element]) {
        if place == column.count { column.append(new) } else { column[place] = new }
    }
}

// MARK: - As a collection

extension EventList: RandomAccessCollection, MutableCollection, RangeReplaceableCollection {
    /// The place of the first event.
    public var startIndex: Int { 0 }
    /// The place behind the last event.
    public var endIndex: Int { packed.count }

    /// The event at a place.
    public subscript(place: Int) -> Event {
        get { event(at: place) }
        set {
            packed[place] = pack(newValue)
            noteChange(newValue, at: place)
        }
    }

    /// An event in the middle has a number, found and error of its own wherever others have.
    private mutating func noteChange(_ event: Event, at place: Int) {
        if indexes.isEmpty, event.index != place { indexes = Array(packed.indices) }
        if found.isEmpty, event.found != nil {
            found = Array(repeating: .absent, count: packed.count)
        }
        if errors.isEmpty, event.error != nil {
            errors = Array(repeating: .absent, count: packed.count)
        }
        note(event, at: place)
    }

    /// Appends an event.
    ///
    /// - Complexity: O(1).
    public mutating func append(_ event: Event) {
        let new = pack(event)
        packed.append(new)
        note(event, at: packed.count - 1)
    }

    /// Makes room for so many events.
    public mutating func reserveCapacity(_ count: Int) { packed.reserveCapacity(count) }

    /// Replaces some events by others.
    ///
    /// - Complexity: O(n), besides at the end.
    public mutating func replaceSubrange(
        _ range: Range<Int>, with events: some Collection<Event>
    ) {
        if range.isEmpty, range.lowerBound == endIndex {
            reserveCapacity(count + events.count)
            for event in events { append(event) }
            return
        }
        var all = Array(self)
        all.replaceSubrange(range, with: events)
        self = EventList(all)
    }

    /// Appends all events of another list, whose codes mean other values.
    ///
    /// - Complexity: O(n) in the number of those events.
    public mutating func append(contentsOf other: EventList) {
        let codes = pool.adopt(other.pool)
        let numbers = other.functions.all.map { functions.number(of: $0) }
        func own(_ code: ValueCode) -> ValueCode { code.place.map { codes[$0] } ?? code }
        let start = count
        let end = start + other.count
        let isNumberedByPlace =
            indexes.isEmpty && other.indices.allSatisfy { other.index(at: $0) == start + $0 }
        if !isNumberedByPlace {
            if indexes.isEmpty { indexes = Array(0..<start) }
            indexes.reserveCapacity(end)
            for place in other.indices { indexes.append(other.index(at: place)) }
        }
        if !found.isEmpty || !other.found.isEmpty {
            Self.fill(&found, upTo: start, capacity: end)
            found.append(contentsOf: other.indices.map { own(other.foundCode(at: $0)) })
        }
        if !errors.isEmpty || !other.errors.isEmpty {
            Self.fill(&errors, upTo: start, capacity: end)
            for place in other.indices {
                errors.append(other.errors.isEmpty ? .absent : own(other.errors[place]))
            }
        }
        packed.reserveCapacity(end)
        for event in other.packed {
            var event = event.withFunction(numbers[event.function])
            event.process = own(event.process)
            event.key = own(event.key)
            event.value = own(event.value)
            event.second = own(event.second)
            event.node = own(event.node)
            packed.append(event)
        }
    }
}

extension EventList: ExpressibleByArrayLiteral, Hashable {
    /// Makes a list of these events.
    public init(arrayLiteral events: Event...) { self.init(events) }

    /// Whether both hold the same events in the same order.
    public static func == (left: EventList, right: EventList) -> Bool {
        left.count == right.count && left.elementsEqual(right)
    }

    /// Hashes how many there are, and the ends.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        hasher.combine(first)
        hasher.combine(last)
    }
}

extension EventType {
    fileprivate var bits: UInt32 {
        switch self {
        case .invoke: 0
        case .ok: 1
        case .fail: 2
        case .info: 3
        }
    }

    fileprivate init(bits: UInt32) {
        self =
            switch bits {
            case 0: .invoke
            case 1: .ok
            case 2: .fail
            default: .info
            }
    }
}
