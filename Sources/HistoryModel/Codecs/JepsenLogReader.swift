/// Reads the operations that a Jepsen run logged: `jepsen.util - PROCESS :TYPE :FUNCTION VALUE`.
///
/// Other lines are passed over, as are those of processes without a number.
struct JepsenLogReader {
    static let marker = Array("jepsen.util".utf8)
    private var reader: EDNReader

    init(_ bytes: [UInt8]) { reader = EDNReader(bytes) }

    mutating func readEvents(into collector: inout EventCollector) throws(HistoryFormatError) {
        let bytes = reader.cursor.bytes
        while !reader.cursor.isAtEnd {
            let rest = bytes[reader.cursor.position...]
            let end = rest.firstIndex(of: .newline) ?? bytes.count
            if reader.cursor.skip(past: Self.marker, before: end) {
                try readLine(until: end, into: &collector)
            }
            reader.cursor.position = end + 1
        }
        guard !collector.events.isEmpty else {
            reader.cursor.position = bytes.count
            throw reader.cursor.error(
                expected: "a line such as `INFO  jepsen.util - 0 :invoke :read nil`")
        }
    }

    private mutating func readLine(
        until end: Int, into collector: inout EventCollector
    ) throws(HistoryFormatError) {
        var fields = EventFields()
        fields.start = reader.cursor.position
        skipBlanks(until: end)
        if reader.cursor.skip(.minus) { skipBlanks(until: end) }
        guard let process = reader.cursor.integer() else { return }
        skipBlanks(until: end)
        guard reader.cursor.peek() == .colon,
            let type = try reader.eventType()
        else { return }
        fields.hasProcess = true
        fields.process = Int(process)
        fields.type = type
        skipBlanks(until: end)
        fields.function = try reader.function()
        skipBlanks(until: end)
        guard reader.cursor.position < end else {
            throw reader.cursor.error(expected: "the value of the operation")
        }
        fields.value = try reader.value()
        skipBlanks(until: end)
        guard reader.cursor.position <= end else {
            throw reader.cursor.error(expected: "a value that ends on its line", at: end)
        }
        let rest = reader.cursor.text(reader.cursor.position..<end)
        if !rest.isEmpty { fields.error = rest }
        // In place of the value there may be the reason why it is not known.
        if type == .info || type == .fail, case .text(let text) = fields.value,
            text.hasPrefix(":")
        {
            fields.error = String(text.dropFirst())
            fields.value = .null
        }
        try collector.add(fields, reader.cursor)
    }

    private mutating func skipBlanks(until end: Int) {
        while reader.cursor.position < end, let byte = reader.cursor.peek(), byte.isBlank {
            reader.cursor.skip()
        }
    }
}
