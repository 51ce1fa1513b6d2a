internal import GRDB
internal import HistoryModel
internal import Vocabulary

/// Makes events of rows, and short words of few letters only once.
struct EventRows {
    private let select: RawSelect
    private var functions: [(bytes: [UInt8], function: Function)] = []

    /// Takes the events of a run file with these numbers, in their order.
    private init(_ db: Database, _ numbers: ClosedRange<Int64>) throws {
        let statement = try db.makeStatement(
            sql: """
                SELECT seq, time_ns, process, type, f, key, value, found, error, node
                FROM event WHERE seq BETWEEN ? AND ? ORDER BY seq
                """)
        statement.arguments = [numbers.lowerBound, numbers.upperBound]
        select = RawSelect(statement)
    }

    /// All events of a run file in their order; of a long run two threads read a half each.
    static func all(_ db: Database, _ path: String) throws -> [Event] {
        // One query for both would go over all rows.
        guard let first = try Int64.fetchOne(db, sql: "SELECT min(seq) FROM event"),
            let last = try Int64.fetchOne(db, sql: "SELECT max(seq) FROM event")
        else { return [] }
        let span = UInt64(bitPattern: last &- first)
        let count = try min(Int(clamping: span), rowsMax(db))
        guard count > 100_000 else { return try events(db, first...last, expecting: count) }
        let middle = first &+ Int64(bitPattern: span / 2)
        // A connection of its own, and nothing that was added since the first one was opened.
        let later = OtherThread {
            try DatabaseQueue(path: path, configuration: RunSchema.connection).read {
                try events($0, middle + 1...last, expecting: count / 2 + 1)
            }
        }
        let earlier = Result { try events(db, first...middle, expecting: count + 1) }
        let rest = later.result()
        // There is room for all already.
        var all = try earlier.get()
        all.append(contentsOf: try rest.get())
        return all
    }

    /// More rows than can be in the file, whatever their numbers say: each takes some bytes.
    private static func rowsMax(_ db: Database) throws -> Int {
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        let pageBytes = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0
        return pages * pageBytes / 12
    }

    private static func events(
        _ db: Database, _ numbers: ClosedRange<Int64>, expecting count: Int
    ) throws -> [Event] {
        var events: [Event] = []
        events.reserveCapacity(count)
        var rows = try EventRows(db, numbers)
        while let event = try rows.next() { events.append(event) }
        return events
    }

    /// The next event; nil behind the last one.
    private mutating func next() throws -> Event? {
        guard try select.next() else { return nil }
        return Event(
            index: Int(try select.integer(0)),
            time: Instant(nanoseconds: try select.integer(1)),
            process: ProcessID(Int(try select.integer(2))), type: try type(),
            function: try function(), key: try select.optionalValue(5),
            value: try select.optionalValue(6) ?? .null, found: try select.optionalValue(7),
            error: try select.optionalText(8),
            node: try select.optionalInteger(9).map { NodeID(Int($0)) })
    }

    private func type() throws(StoredValueError) -> EventType {
        try select.bytes(3) { bytes throws(StoredValueError) in
            // No two have their length and their first letter in common.
            let type: EventType? =
                switch (bytes.count, bytes.first) {
                case (6, UInt8(ascii: "i")): .invoke
                case (2, UInt8(ascii: "o")): .ok
                case (4, UInt8(ascii: "f")): .fail
                case (4, UInt8(ascii: "i")): .info
                default: nil
                }
            guard let type, type.rawValue.utf8.elementsEqual(bytes) else {
                throw StoredValueError(
                    text: "event type \(String(decoding: bytes, as: UTF8.self))")
            }
            return type
        }
    }

    private mutating func function() throws(StoredValueError) -> Function {
        let known = try select.bytes(4) { bytes throws(StoredValueError) in
            functions.first { $0.bytes.elementsEqual(bytes) }?.function
        }
        if let known { return known }
        let name = try select.optionalText(4) ?? ""
        let function = Function(rawValue: name)
        if functions.count < 16 { functions.append((Array(name.utf8), function)) }
        return function
    }
}
