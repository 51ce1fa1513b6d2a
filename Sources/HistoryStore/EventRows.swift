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
        let bounds = try Row.fetchOne(db, sql: "SELECT min(seq), max(seq), count(*) FROM event")
        guard let bounds, let first: Int64 = bounds[0], let last: Int64 = bounds[1] else {
            return []
        }
        let count: Int = bounds[2]
        guard count > 100_000 else { return try events(db, first...last, expecting: count) }
        let middle = first + Int64(bitPattern: UInt64(bitPattern: last &- first) / 2)
        // A connection of its own, and nothing that was added since the first one was opened.
        let later = OtherThread {
            try DatabaseQueue(path: path, configuration: RunSchema.connection).read {
                try events($0, middle + 1...last, expecting: count / 2)
            }
        }
        let earlier = Result { try events(db, first...middle, expecting: count) }
        let rest = later.result()
        return try earlier.get() + rest.get()
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
            for type in EventType.allCases where type.rawValue.utf8.elementsEqual(bytes) {
                return type
            }
            throw StoredValueError(text: "event type \(String(decoding: bytes, as: UTF8.self))")
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
