import Vocabulary

/// What a file says about one event, before it is known whether that makes one.
struct EventFields {
    /// Where the event begins in the file.
    var start = 0
    /// Whether it names a process, of whatever kind.
    var hasProcess = false
    /// The number of the process; nil for one that is no client, such as a nemesis.
    var process: Int?
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
}

/// Puts events together from what a file says about them.
struct EventCollector {
    /// Whether values are pairs of an independent key and what was done to it.
    let keyedTuples: Bool
    private(set) var events: [Event] = []
    private(set) var skipped = 0
    /// Whether the file numbers its events; nil before the first.
    private var isNumbered: Bool?
    private var lastIndex: Int?

    init(keyedTuples: Bool) { self.keyedTuples = keyedTuples }

    /// Adds what was read between `fields.start` and the cursor, if a client did it.
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
        if type == .ok, function == .read || function == "get", !fields.hasValue {
            throw missing("the value that was read", fields, cursor)
        }
        let position = events.count + skipped
        if isNumbered == nil { isNumbered = fields.index != nil }
        guard (fields.index != nil) == isNumbered else {
            throw missing("an index in all events or in none", fields, cursor)
        }
        let index = fields.index ?? position
        if let lastIndex, index <= lastIndex {
            throw missing("an index above \(lastIndex)", fields, cursor)
        }
        lastIndex = index
        var event = Event(
            index: index, time: Instant(nanoseconds: fields.time ?? 0),
            process: ProcessID(process), type: type, function: function, key: fields.key,
            value: fields.value, found: fields.found, error: fields.error,
            node: fields.node.map { NodeID($0) })
        if keyedTuples { try split(&event, fields, cursor) }
        if events.count == Self.sample { reserve(cursor) }
        events.append(event)
    }

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
        } else if event.type == .invoke || event.type == .ok {
            throw missing("a value of the form [key value]", fields, cursor)
        }
    }

    private func missing(
        _ what: String, _ fields: EventFields, _ cursor: ByteCursor
    ) -> HistoryFormatError {
        cursor.error(expected: "an event with \(what)", at: fields.start)
    }
}
