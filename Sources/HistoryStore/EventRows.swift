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
    static func all(_ db: Database, _ path: String, few: Int = 100_000) throws -> [Event] {
        // One query for both would go over all rows.
        guard let first = try Int64.fetchOne(db, sql: "SELECT min(seq) FROM event"),
            let last = try Int64.fetchOne(db, sql: "SELECT max(seq) FROM event")
        else { return [] }
        let span = UInt64(bitPattern: last &- first)
        // Numbers far apart would ask for more memory than there is.
        guard let count = Int(exactly: span), count < RunFileSize(path).rowsMax else {
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
            while try rows.advance() {
                guard count < room.count else {
                    throw RunStoreError.damaged(
                        path: path,
                        reason: "more than \(room.count) events have an event.seq from "
                            + "\(numbers.lowerBound) to \(numbers.upperBound)")
                }
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
        // A pointer is not Sendable, and one into half of a room can't be proved to be: each thread
        // has its own half until `later.result()` has waited for the other. An array of its own for
        // the other thread would be safe, and would be copied in the end.
        nonisolated(unsafe) let laterRoom = Room(rebasing: room[half...])
        let later = OtherThread {
            // Nothing that was added since the first connection was opened.
            try DatabaseQueue(
                path: path, configuration: RunSchema.distrustful(of: path)
            ).read {
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
