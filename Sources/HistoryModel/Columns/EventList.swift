public import Vocabulary

/// The events of a history in their order, packed into 32 bytes each.
///
/// Behaves like an array of ``Event``; whole events are put together when asked for. Those of an
/// hour of load fit into a gigabyte, as whole events they would take three or more.
public struct EventList: Sendable {
    /// An event; its codes are those of the list's pool.
    struct Packed: Sendable, BitwiseCopyable {
        var time: Instant
        var process: ValueCode
        /// ``ValueCode/absent`` if there is none.
        var key: ValueCode
        /// The value, or the first of the two of a compare-and-set.
        var value: ValueCode
        /// The second value of a compare-and-set; ``ValueCode/absent`` for all others.
        var second: ValueCode
        /// What a failed operation found; ``ValueCode/absent`` if nothing is known of that.
        var found: ValueCode
        /// The place of its kind among all.
        var kind: UInt32
    }

    /// What many events have in common.
    struct Kind: Hashable, Sendable {
        /// The place of the function among all.
        var function: Int
        var type: EventType
        var node: NodeID?
        var error: String?
    }

    private(set) var packed: [Packed] = []
    private(set) var kinds: [Kind] = []
    private var kindPlaces: [Kind: UInt32] = [:]
    /// What the error texts of the kinds take; array and dictionary share them.
    private var textBytes = 0
    /// The functions in the order in which they were met.
    private(set) var functions = FunctionTable()
    /// The values that do not stand for themselves.
    private(set) var pool = ValuePool()
    /// The number of each event; none as long as each has the number of its place.
    private var indexes: [Int] = []

    /// Makes an empty list.
    public init() {}

    /// About how many bytes of memory it takes.
    public var bytesHeld: Int {
        packed.count * MemoryLayout<Packed>.stride + indexes.count * MemoryLayout<Int>.stride
            + kinds.count * 256 + textBytes + functions.bytesHeld
            + pool.bytesHeld
    }
}

// MARK: - One event

extension EventList {
    /// The number of the event at a place.
    func index(at place: Int) -> Int { indexes.isEmpty ? place : indexes[place] }

    /// When the event at a place was seen; without putting all of it together.
    public func time(at place: Int) -> Instant { packed[place].time }

    /// What kind of event stands at a place; without putting all of it together.
    public func type(at place: Int) -> EventType { kinds[Int(packed[place].kind)].type }

    /// The number of the client of the event at a place; without putting all of it together.
    func process(at place: Int) -> Int { pool.process(of: packed[place].process).rawValue }

    /// The place among ``functions`` of what the event at a place is about.
    func functionNumber(at place: Int) -> Int { kinds[Int(packed[place].kind)].function }

    /// Whether the event at a place has no key.
    func hasNoKey(at place: Int) -> Bool { packed[place].key == .absent }

    /// Whether the event at a place has the value `null`.
    func hasNoValue(at place: Int) -> Bool {
        packed[place].value == .null && packed[place].second == .absent
    }

    /// Whether two events have the same value, which is no Boolean; without putting them together.
    func haveSameValue(_ first: Int, _ second: Int) -> Bool {
        let (left, right) = (packed[first], packed[second])
        return left.value == right.value && left.second == right.second
            && left.value != .yes && left.value != .no
    }

    private func event(at place: Int) -> Event {
        let event = packed[place]
        let kind = kinds[Int(event.kind)]
        let first = pool.value(of: event.value)
        return Event(
            index: index(at: place), time: event.time, process: pool.process(of: event.process),
            type: kind.type, function: functions[kind.function],
            key: event.key == .absent ? nil : pool.value(of: event.key),
            value: event.second == .absent
                ? first : .list([first, pool.value(of: event.second)]),
            found: event.found == .absent ? nil : pool.value(of: event.found),
            error: kind.error, node: kind.node)
    }

    private mutating func pack(_ event: Event) -> Packed {
        let kind = Kind(
            function: functions.number(of: event.function), type: event.type, node: event.node,
            error: event.error)
        var packed = Packed(
            time: event.time, process: code(of: .integer(Int64(event.process.rawValue))),
            key: .absent, value: .null, second: .absent, found: .absent, kind: place(of: kind))
        if let key = event.key { packed.key = code(of: key) }
        if event.function == .cas, case .list(let pair) = event.value, pair.count == 2 {
            packed.value = code(of: pair[0])
            packed.second = code(of: pair[1])
        } else {
            packed.value = code(of: event.value)
        }
        if let found = event.found { packed.found = code(of: found) }
        return packed
    }

    private mutating func place(of kind: Kind) -> UInt32 {
        if let last = packed.last, kinds[Int(last.kind)] == kind { return last.kind }
        if let known = kindPlaces[kind] { return known }
        let place = UInt32(kinds.count)
        kindPlaces[kind] = place
        kinds.append(kind)
        textBytes += kind.error?.utf8.count ?? 0
        return place
    }

    @inline(__always)
    private mutating func code(of value: Value) -> ValueCode {
        if case .integer(let integer) = value, let code = ValueCode(integer) { return code }
        return pool.code(of: value)
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
            number(place, newValue.index)
        }
    }

    /// Gives the event at a place, which is there already, its number.
    private mutating func number(_ place: Int, _ index: Int) {
        if indexes.isEmpty {
            guard index != place else { return }
            indexes = Array(packed.indices)
        }
        if place == indexes.count { indexes.append(index) } else { indexes[place] = index }
    }

    /// Appends an event.
    ///
    /// - Complexity: O(1).
    public mutating func append(_ event: Event) {
        packed.append(pack(event))
        number(packed.count - 1, event.index)
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
        let own = { (code: ValueCode) in code.place.map { codes[$0] } ?? code }
        let places = other.kinds.map { kind in
            var kind = kind
            kind.function = functions.number(of: other.functions[kind.function])
            return place(of: kind)
        }
        let start = count
        let isNumberedByPlace =
            indexes.isEmpty && other.indices.allSatisfy { other.index(at: $0) == start + $0 }
        if !isNumberedByPlace {
            if indexes.isEmpty { indexes = Array(0..<start) }
            indexes.reserveCapacity(start + other.count)
            for place in other.indices { indexes.append(other.index(at: place)) }
        }
        packed.reserveCapacity(start + other.count)
        for event in other.packed {
            packed.append(
                Packed(
                    time: event.time, process: own(event.process), key: own(event.key),
                    value: own(event.value), second: own(event.second), found: own(event.found),
                    kind: places[Int(event.kind)]))
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
