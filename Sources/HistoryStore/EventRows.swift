internal import GRDB
internal import HistoryModel
internal import Vocabulary

/// Makes events of rows.
struct EventRows {
    private let select: RawSelect
    private let path: String
    private var types = KnownWords<EventType>()
    private var functions = KnownWords<Function>()

    /// Takes the events of a run file with these numbers, in their order.
    private init(_ db: Database, _ numbers: ClosedRange<Int64>, _ path: String) throws {
        self.path = path
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
    static func all(_ db: Database, _ path: String, few: Int = 100_000) throws -> [Event] {
        // One query for both would go over all rows.
        guard let first = try Int64.fetchOne(db, sql: "SELECT min(seq) FROM event"),
            let last = try Int64.fetchOne(db, sql: "SELECT max(seq) FROM event")
        else { return [] }
        let span = UInt64(bitPattern: last &- first)
        // Numbers far apart would ask for more memory than there is.
        guard let count = Int(exactly: span), count < (try rowsMax(db)) else {
            var events: [Event] = []
            var rows = try EventRows(db, first...last, path)
            while try rows.advance() { events.append(try rows.event()) }
            return events
        }
        return try [Event](unsafeUninitializedCapacity: count + 1) { room, filled in
            filled =
                count > few
                ? try fillByTwo(room, db, first...last, path)
                : try fill(room, db, first...last, path)
        }
    }

    /// More rows than can be in the file, whatever their numbers say: each takes some bytes.
    private static func rowsMax(_ db: Database) throws -> Int {
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        let pageBytes = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0
        return pages * pageBytes / 12
    }

    private typealias Room = UnsafeMutableBufferPointer<Event>

    /// Reads the events with these numbers into a room that has a place for each number.
    ///
    /// - Returns: how many there were; after an error there is nothing in the room.
    private static func fill(
        _ room: Room, _ db: Database, _ numbers: ClosedRange<Int64>, _ path: String
    ) throws -> Int {
        var rows = try EventRows(db, numbers, path)
        var count = 0
        do {
            while try rows.advance(), count < room.count {
                room.initializeElement(at: count, to: try rows.event())
                count += 1
            }
        } catch {
            room[..<count].deinitialize()
            throw error
        }
        return count
    }

    /// As ``fill``, with the later half read by a thread and a connection of its own.
    private static func fillByTwo(
        _ room: Room, _ db: Database, _ numbers: ClosedRange<Int64>, _ path: String
    ) throws -> Int {
        let half = room.count / 2
        let middle = numbers.lowerBound + Int64(half)
        // Each thread has its own half until both are done.
        nonisolated(unsafe) let laterRoom = Room(rebasing: room[half...])
        let later = OtherThread {
            // Nothing that was added since the first connection was opened.
            try DatabaseQueue(path: path, configuration: RunSchema.connection).read {
                try fill(laterRoom, $0, middle...numbers.upperBound, path)
            }
        }
        let earlier = Result {
            try fill(Room(rebasing: room[..<half]), db, numbers.lowerBound...(middle - 1), path)
        }
        switch (earlier, later.result()) {
        case (.success(let count), .success(let laterCount)):
            // Where numbers are missing there is a gap between the halves.
            let end = room[count...].moveInitialize(
                fromContentsOf: Room(rebasing: laterRoom[..<laterCount]))
            return end
        case (.failure(let error), .success(let laterCount)):
            laterRoom[..<laterCount].deinitialize()
            throw error
        case (.success(let count), .failure(let error)):
            room[..<count].deinitialize()
            throw error
        case (.failure(let error), .failure): throw error
        }
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
