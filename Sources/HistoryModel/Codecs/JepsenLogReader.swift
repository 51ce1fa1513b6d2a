/// Reads the operations that a Jepsen run logged: `jepsen.util - PROCESS :TYPE :FUNCTION VALUE`, or
/// `jepsen.util: PROCESS …` as newer logs have it.
///
/// Other lines of a log are passed over. A file without any such mark is taken for Jepsen's
/// `history.txt`: every line of it is an operation, unless it is blank or begins with `#`.
struct JepsenLogReader {
    static let marker = Array("jepsen.util".utf8)
    private static let example = "a line such as `INFO  jepsen.util - 0 :invoke :read nil`"
    private var reader: EDNReader
    /// Whether there is nothing but operations in the file.
    private let isBare: Bool

    init(_ cursor: ByteCursor) {
        reader = EDNReader(cursor)
        var ahead = reader.cursor
        isBare = !ahead.skip(past: Self.marker)
    }

    mutating func readEvents(into collector: inout EventCollector) throws(HistoryFormatError) {
        let nothing = reader.cursor.error(expected: Self.example)
        while !reader.cursor.isAtEnd || reader.cursor.hasMore {
            let start = reader.cursor.position
            let newline = reader.cursor.bytes[start...].firstIndex(of: .newline)
            if newline == nil, reader.cursor.hasMore {
                try reader.cursor.readMore(from: start)
                continue
            }
            let end = newline ?? reader.cursor.bytes.count
            if isBare {
                try readBareLine(until: end, into: &collector)
            } else if reader.cursor.skip(past: Self.marker, before: end) {
                // Behind a gap, a colon begins the name of a process such as `:nemesis`.
                _ = reader.cursor.skip(.colon)
                skipBlanks(until: end)
                if reader.cursor.skip(.minus) { skipBlanks(until: end) }
                _ = try readOperation(until: end, into: &collector)
            }
            reader.cursor.position = min(end + 1, reader.cursor.bytes.count)
        }
        guard !collector.events.isEmpty || collector.skipped > 0 else { throw nothing }
    }

    private mutating func readBareLine(
        until end: Int, into collector: inout EventCollector
    ) throws(HistoryFormatError) {
        skipBlanks(until: end)
        guard reader.cursor.position < end, reader.cursor.peek() != .hash else { return }
        let start = reader.cursor.position
        guard try readOperation(until: end, into: &collector) else {
            throw reader.cursor.error(
                expected: "\(Self.example), or `0 :invoke :read nil`", at: start)
        }
    }

    /// Reads what a process says of its operation; false, if no process says anything here.
    private mutating func readOperation(
        until end: Int, into collector: inout EventCollector
    ) throws(HistoryFormatError) -> Bool {
        var fields = EventFields()
        fields.start = reader.cursor.position
        readProcess(into: &fields)
        guard !fields.hasProcess || fields.process != nil else {
            try collector.add(fields, reader.cursor)
            return true
        }
        skipBlanks(until: end)
        guard reader.cursor.position < end, reader.cursor.peek() == .colon else { return false }
        let place = reader.cursor.position
        fields.type = try reader.eventType()
        guard fields.hasProcess else {
            // Whatever stands in front of a type is meant to have done something.
            guard fields.type != nil else { return false }
            throw reader.noProcess(at: fields.start)
        }
        guard let type = fields.type else {
            throw reader.cursor.error(expected: ":invoke, :ok, :fail or :info", at: place)
        }
        try reader.cursor.checkText(in: fields.start..<end)
        skipBlanks(until: end)
        fields.function = try reader.function()
        skipBlanks(until: end)
        guard reader.cursor.position < end else {
            throw reader.cursor.error(expected: "the value of the operation")
        }
        try readValue(of: &fields, type, until: end)
        try collector.add(fields, reader.cursor)
        return true
    }

    /// Reads who did something, if that is a client or a nemesis; goes past it in any case.
    private mutating func readProcess(into fields: inout EventFields) {
        let start = reader.cursor.position
        if let number = reader.cursor.integer(),
            reader.cursor.peek().map({ $0.endsToken || $0 == .colon }) ?? true
        {
            _ = fields.setProcess(.integer(number))
            return
        }
        reader.cursor.position = start
        if reader.cursor.plainString() != nil { return }
        while let byte = reader.cursor.peek(), !byte.endsToken { reader.cursor.skip() }
        // The word alone may be the beginning of any sentence.
        let name = reader.cursor.text(from: start)
        if name.hasPrefix(":") { _ = fields.setProcess(.text(name)) }
    }

    private mutating func readValue(
        of fields: inout EventFields, _ type: EventType, until end: Int
    ) throws(HistoryFormatError) {
        let start = reader.cursor.position
        do {
            fields.value = try reader.value()
            fields.hasValue = true
        } catch {
            guard type == .fail || type == .info else { throw error }
            reader.cursor.position = start
            try reader.passOver()
        }
        skipBlanks(until: end)
        guard reader.cursor.position <= end else {
            throw reader.cursor.error(expected: "a value that ends on its line", at: end)
        }
        var last = end
        while last > reader.cursor.position, reader.cursor.bytes[last - 1].isBlank { last -= 1 }
        let rest = reader.cursor.text(reader.cursor.position..<last)
        if !rest.isEmpty { fields.error = rest }
        // In place of the value there may be the reason why it is not known.
        if type == .info || type == .fail, case .form(let text) = fields.value,
            text.hasPrefix(":")
        {
            fields.error = String(text.dropFirst())
            fields.value = .null
        }
    }

    private mutating func skipBlanks(until end: Int) {
        while reader.cursor.position < end, let byte = reader.cursor.peek(), byte.isBlank {
            reader.cursor.skip()
        }
    }
}
