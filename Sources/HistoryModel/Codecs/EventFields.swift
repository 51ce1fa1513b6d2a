import Vocabulary

/// What a file says about one event, before it is known whether that makes one.
struct EventFields {
    /// Where the event begins in the file.
    var start = 0
    /// Whether it names a process, be it a client or a nemesis.
    private(set) var hasProcess = false
    /// The number of the client; nil for a nemesis.
    private(set) var process: Int?
    var type: EventType?
    var function: Function?
    var value: Value = .null
    /// Whether it says what the value is, be it nil.
    var hasValue = false
    var found: Value?
    var key: Value?
    var error: String?
    var time: Int64?
    var index: Int?
    var node: Int?
    /// The name of the node where it has another than `n1`, `n2` and so on.
    private(set) var otherNode: String?

    /// Notes the node, by its number or by its name such as `n1`; false if the value is neither.
    mutating func setNode(_ value: Value) -> Bool {
        switch value {
        case .null: return true
        case .integer(let number): node = Int(number)
        default:
            guard let name = value.name else { return false }
            // Only `n3` is the name of node 3; `n03`, `n+3` and `n20260101` are others.
            if name.first == "n", let number = Int(name.dropFirst()), "n\(number)" == name,
                HistoryLimits.nodes.contains(number)
            {
                node = number
            } else {
                otherNode = String(name)
            }
        }
        return true
    }

    /// Notes who did it; false if the value names neither a client nor a nemesis.
    ///
    /// Any other name is an error: skipping its writes would make reads of them look like values
    /// that nobody wrote.
    mutating func setProcess(_ value: Value) -> Bool {
        switch value {
        case .integer(let number): process = Int(number)
        default:
            guard value.name == "nemesis" else { return false }
            process = nil
        }
        hasProcess = true
        return true
    }
}

/// Puts events together from what a file says about them.
struct EventCollector {
    /// Whether values are pairs of an independent key and what was done to it.
    let keyedTuples: Bool
    private(set) var events = EventList()
    private(set) var skipped = 0
    /// How many events are of nodes with other names than `n1`, and the first such name.
    private(set) var otherNodes = (count: 0, example: "")
    /// Whether the file numbers its events; nil before the first.
    private var isNumbered: Bool?
    private var lastIndex: Int?
    /// Where values are pairs: the clients whose last invocation had no key.
    private var keyless: Set<ProcessID> = []
    /// The number of the event whose place is asked for; nil if none is.
    private let wanted: Int?
    /// Where that event begins.
    private(set) var wantedPlace: HistoryFormatError?

    /// What the events may take in memory.
    private let bytesMax: Int

    init(keyedTuples: Bool, wanted: Int? = nil, holding bytesMax: Int = .max) {
        self.keyedTuples = keyedTuples
        self.bytesMax = bytesMax
        self.wanted = wanted
    }

    /// Adds what was read between `fields.start` and the cursor, if a client did it.
    ///
    /// - Throws: ``HistoryFormatError`` if no history has such an event, which has changed nothing then.
    mutating func add(
        _ fields: EventFields, _ cursor: ByteCursor
    ) throws(HistoryFormatError) {
        guard fields.hasProcess else { throw missing("a process", fields, cursor) }
        guard let process = fields.process else {
            skipped += 1
            return
        }
        guard let type = fields.type else { throw missing("a type", fields, cursor) }
        guard let function = fields.function else { throw missing("a function", fields, cursor) }
        // Nil is what an object without a value reads as, so silence must not stand for it.
        if type == .ok, function.tellsValue, !fields.hasValue {
            throw missing("the value that was read", fields, cursor)
        }
        try checkBounds(of: fields, process, cursor)
        guard (fields.index != nil) == isNumbered ?? (fields.index != nil) else {
            throw missing("an index in all events or in none", fields, cursor)
        }
        let index = fields.index ?? events.count + skipped
        if let lastIndex, index <= lastIndex {
            throw missing("an index above \(lastIndex)", fields, cursor)
        }
        try checkMemory(fields, cursor)
        var event = Event(
            index: index, time: Instant(nanoseconds: fields.time ?? 0),
            process: ProcessID(process), type: type, function: function, key: fields.key,
            value: fields.value, found: fields.found, error: fields.error,
            node: fields.node.map { NodeID($0) })
        if keyedTuples { try split(&event, fields, cursor) }
        // Nothing changes before all was checked: what is refused here may be read once more.
        note(event, fields, cursor)
    }

    private mutating func note(_ event: Event, _ fields: EventFields, _ cursor: ByteCursor) {
        isNumbered = fields.index != nil
        lastIndex = event.index
        if let name = fields.otherNode {
            if otherNodes.count == 0 { otherNodes.example = name }
            otherNodes.count += 1
        }
        if keyedTuples, event.type == .invoke {
            if event.key == nil {
                keyless.insert(event.process)
            } else if !keyless.isEmpty {
                keyless.remove(event.process)
            }
        }
        if events.count == Self.sample { reserve(cursor) }
        if event.index == wanted {
            var place = cursor.error(expected: "an event that fits", at: fields.start)
            place.operationsBefore = operations
            wantedPlace = place
        }
        events.append(event)
        if event.type == .invoke { operations += 1 }
    }

    /// How many operations have begun.
    private(set) var operations = 0

    /// How many events tell how many there will be.
    private static let sample = 1_000

    /// Makes room for as many events as there will be if all take as many bytes as those so far.
    private mutating func reserve(_ cursor: ByteCursor) {
        let bytesEach = max(16, cursor.position / events.count)
        let total = cursor.bytes.count / bytesEach
        events.reserveCapacity(total + total / 16)
    }

    private func split(
        _ event: inout Event, _ fields: EventFields, _ cursor: ByteCursor
    ) throws(HistoryFormatError) {
        if case .list(let pair) = event.value, pair.count == 2 {
            event.key = pair[0]
            event.value = pair[1]
            return
        }
        let isEnough =
            switch event.type {
            // An invocation may leave it to the completion to say what it was.
            case .invoke: event.value == .null
            case .ok: mayLeaveOutKey(event)
            case .fail, .info: true
            }
        guard !isEnough else { return }
        var mistake = cursor.error(
            expected: "a value of the form [key value], as all are with --keyed", at: fields.start)
        mistake.found = event.value.description
        if mistake.found.count > 40 { mistake.found = mistake.found.prefix(40) + "…" }
        throw mistake
    }

    /// Whether a success may say nothing, or `true` or `false`, of a key that it was invoked with.
    private func mayLeaveOutKey(_ event: Event) -> Bool {
        guard !event.function.tellsValue, !keyless.contains(event.process) else { return false }
        if case .bool = event.value { return true }
        return event.value == .null
    }

    /// Refuses what there is no room for, before the kernel ends the process without a word.
    private func checkMemory(
        _ fields: EventFields, _ cursor: ByteCursor
    ) throws(HistoryFormatError) {
        guard events.bytesHeld > bytesMax || events.count >= HistoryLimits.eventsMax else { return }
        var mistake = cursor.error(expected: "", at: fields.start)
        mistake.expected =
            events.count >= HistoryLimits.eventsMax
            ? "at most \(HistoryLimits.eventsMax) events"
            : "a history that is held in \(bytesMax >> 20) MiB, half of the memory there is"
        mistake.found = "more, from this event on"
        throw mistake
    }

    /// Refuses numbers that no history has; what is counted and subtracted relies on it.
    private func checkBounds(
        of fields: EventFields, _ process: Int, _ cursor: ByteCursor
    ) throws(HistoryFormatError) {
        func check<Number: BinaryInteger>(
            _ what: String, _ number: Number?, _ range: ClosedRange<Number>
        ) throws(HistoryFormatError) {
            guard let number, !range.contains(number) else { return }
            throw missing(
                "\(what) from \(range.lowerBound) to \(range.upperBound), not \(number)",
                fields, cursor)
        }
        try check("a time in nanoseconds", fields.time, HistoryLimits.times)
        try check("an index", fields.index, HistoryLimits.numbers)
        try check("the number of a client", process, HistoryLimits.processes)
        try check("the number of a node", fields.node, HistoryLimits.nodes)
    }

    private func missing(
        _ what: String, _ fields: EventFields, _ cursor: ByteCursor
    ) -> HistoryFormatError {
        cursor.error(expected: "an event with \(what)", at: fields.start)
    }
}

extension Function {
    /// Whether a success without a value would claim that nothing was there.
    fileprivate var tellsValue: Bool { self == .read || self == "get" }
}
