internal import GRDB
internal import HistoryModel
internal import Vocabulary

/// Makes events of rows.
struct EventRows {
    private var select: RawSelect
    private let path: String
    private let textBytesMax: Int
    private var types = KnownWords<EventType>()
    private var functions = KnownWords<Function>()
    /// The smallest number that the next event can have.
    private var numberMin: Int64

    /// Takes the events of a run file with these numbers, in their order.
    private init(_ db: Database, _ numbers: ClosedRange<Int64>, _ path: String) throws {
        self.path = path
        textBytesMax = RunFileSize(path).textBytesMax
        numberMin = numbers.lowerBound
        let statement = try db.makeStatement(
            sql: """
                SELECT seq, time_ns, process, type, f, key, value, found, error, node
                FROM event WHERE seq BETWEEN ? AND ? ORDER BY seq
                """)
        statement.arguments = [numbers.lowerBound, numbers.upperBound]
        select = RawSelect(statement)
    }

    /// All events of a run file in their order; two threads read a half each of more than `few`.
    ///
    /// - Throws: ``RunStoreError`` if an event holds what no run can, else what SQLite says.
    static func all(_ db: Database, _ path: String, few: Int = 100_000) throws -> EventList {
        // One query for both would go over all rows.
        guard let first = try Int64.fetchOne(db, sql: "SELECT min(seq) FROM event"),
            let last = try Int64.fetchOne(db, sql: "SELECT max(seq) FROM event")
        else { return [] }
        let span = UInt64(bitPattern: last &- first)
        // Numbers far apart would ask for more memory than there is.
        guard let count = Int(exactly: span), count < RunFileSize(path).rowsMax else {
            return try part(db, first...last, path, expecting: 0)
        }
        guard count > few else { return try part(db, first...last, path, expecting: count + 1) }
        let middle = first + Int64(count / 2)
        let later = DedicatedThread {
            // Nothing that was added since the first connection was opened.
            try DatabaseQueue(
                path: path, configuration: RunSchema.distrustful(of: path)
            ).read { try part($0, middle...last, path, expecting: count - count / 2 + 1) }
        }
        let earlier = Result { try part(db, first...(middle - 1), path, expecting: count + 1) }
        let laterEvents = later.result()
        var events = try earlier.get()
        events.append(contentsOf: try laterEvents.get())
        return events
    }

    /// The events with these numbers.
    private static func part(
        _ db: Database, _ numbers: ClosedRange<Int64>, _ path: String, expecting count: Int
    ) throws -> EventList {
        var rows = try EventRows(db, numbers, path)
        var events = EventList()
        events.reserveCapacity(count)
        while try rows.advance() {
            guard events.count < HistoryLimits.eventsMax else {
                throw RunStoreError.damaged(
                    path: path, reason: "it has more than \(HistoryLimits.eventsMax) events")
            }
            events.append(try rows.event())
        }
        return events
    }

    /// Goes to the next row; false behind the last one.
    private func advance() throws -> Bool { try select.next() }

    /// The event of the current row.
    private mutating func event() throws -> Event {
        let event = Event(
            index: Int(try select.integer(0)),
            time: Instant(nanoseconds: try select.integer(1)),
            process: ProcessID(Int(try select.integer(2))), type: try type(),
            function: try function(), key: try select.optionalValue(5),
            value: try select.optionalValue(6) ?? .null, found: try select.optionalValue(7),
            error: try select.optionalText(8),
            node: try select.optionalInteger(9).map { NodeID(Int($0)) })
        if let impossible = event.impossibleValue {
            throw RunStoreError.damaged(path: path, reason: impossible)
        }
        guard select.longTextBytes <= textBytesMax else {
            throw RunStoreError.moreThanTheFile(path)
        }
        // What goes by the order of the events relies on it; a damaged tree may lose it.
        guard event.index >= numberMin else {
            throw RunStoreError.damaged(
                path: path,
                reason: "event.seq holds \(event.index) where \(numberMin) or more must come")
        }
        numberMin = Int64(event.index) &+ 1
        return event
    }

    private mutating func type() throws(StoredValueError) -> EventType {
        try select.bytes(3) { bytes throws(StoredValueError) in
            try types.meaning(of: bytes) { name throws(StoredValueError) in
                guard let type = EventType(rawValue: name) else {
                    throw StoredValueError(text: "event type \(name)")
                }
                return type
            }
        }
    }

    private mutating func function() throws(StoredValueError) -> Function {
        try select.bytes(4) { functions.meaning(of: $0) { Function(rawValue: $0) } }
    }
}
