/// Reads events written as one JSON object a line.
struct JSONLinesReader {
    private var cursor: ByteCursor
    /// How deep values may be nested, so that no file can exhaust the stack.
    private let depthMax = HistoryLimits.depthMax
    private let fieldNames = EventField.names
    private let typeNames = EventType.names
    private var functionNames = FunctionNames()
    private var fieldsMet = FieldNames()
    /// Whether values are only gone past, whatever they say: nobody is going to compare them.
    private var isPassingOver = false
    private var mistakes = EventMistakes()

    init(_ cursor: ByteCursor) {
        self.cursor = cursor
        self.cursor.skipByteOrderMark()
    }

    mutating func readEvents(into collector: inout EventCollector) throws(HistoryFormatError) {
        while true {
            let start = cursor.position
            do {
                let isOver = try readNext(into: &collector)
                if isOver, !cursor.hasMore { break }
                guard isOver else { continue }
            } catch {
                guard cursor.isNearEnd else { throw error }
                guard cursor.hasMore else { throw cursor.nonText ?? error }
            }
            // What makes no sense may go on in what has not come yet.
            mistakes = EventMistakes()
            try cursor.readMore(from: start)
        }
        if let nonText = cursor.nonText { throw nonText }
    }

    /// Reads an event or a comment; true if there is none left.
    private mutating func readNext(
        into collector: inout EventCollector
    ) throws(HistoryFormatError) -> Bool {
        cursor.skipBlanks()
        switch cursor.peek() {
        case nil: return true
        case .hash?:
            cursor.skipLine()
            return cursor.isAtEnd
        default:
            try readEvent(into: &collector)
            return false
        }
    }

    private mutating func readEvent(
        into collector: inout EventCollector
    ) throws(HistoryFormatError) {
        var fields = EventFields()
        fieldsMet.begin()
        fields.start = cursor.position
        guard cursor.peek() == .openBrace else {
            throw cursor.error(
                expected: "an event such as {\"process\": 0, \"type\": \"invoke\", …}, one a line")
        }
        try readMembers { reader throws(HistoryFormatError) in
            try reader.readField(into: &fields)
        }
        try mistakes.settle(fields)
        try collector.add(fields, cursor)
    }

    /// Reads an object; the closure reads a name, goes past the colon with ``skipColon``, and reads
    /// the value.
    private mutating func readMembers(
        _ read: (inout JSONLinesReader) throws(HistoryFormatError) -> Void
    ) throws(HistoryFormatError) {
        cursor.skip()
        cursor.skipBlanks()
        if cursor.skip(.closeBrace) { return }
        repeat {
            cursor.skipBlanks()
            guard cursor.peek() == .quote else {
                throw cursor.error(expected: "a name in quotes")
            }
            try read(&self)
            cursor.skipBlanks()
        } while cursor.skip(.comma)
        guard cursor.skip(.closeBrace) else { throw cursor.error(expected: "`,` or `}`") }
    }

    private mutating func skipColon() throws(HistoryFormatError) {
        cursor.skipBlanks()
        guard cursor.skip(.colon) else { throw cursor.error(expected: "`:`") }
        cursor.skipBlanks()
    }

    private mutating func readField(
        into fields: inout EventFields
    ) throws(HistoryFormatError) {
        let place = cursor.position
        let field: EventField?
        let isNew: Bool
        if let letters = cursor.plainString() {
            field = fieldNames.meaning(of: cursor.bytes, letters)
            isNew =
                if let field {
                    fieldsMet.note(field)
                } else {
                    fieldsMet.note(letters, in: cursor.bytes)
                }
        } else {
            let name = try cursor.quotedString()
            let letters = Array(name.utf8)
            field = fieldNames.meaning(of: letters, letters.indices)
            isNew =
                if let field {
                    fieldsMet.note(field)
                } else {
                    fieldsMet.note(name, in: cursor.bytes)
                }
        }
        try skipColon()
        let start = cursor.position
        do throws(HistoryFormatError) {
            guard isNew else {
                throw cursor.error(expected: "each field of an event once", at: place)
            }
            if let field { try read(field, into: &fields) } else { try passOver() }
        } catch {
            try mistakes.note(error, in: field, of: fields)
            cursor.position = start
            try passOver()
        }
    }

    /// Goes past a value that says nothing to us, however odd it is.
    private mutating func passOver() throws(HistoryFormatError) {
        isPassingOver = true
        defer { isPassingOver = false }
        _ = try value()
    }

    private mutating func read(
        _ field: EventField, into fields: inout EventFields
    ) throws(HistoryFormatError) {
        let start = cursor.position
        switch field {
        case .process:
            guard fields.setProcess(try value()) else {
                throw cursor.error(
                    expected: "the whole number of a client, each its own, or \"nemesis\"",
                    at: start)
            }
        case .type: fields.type = try eventType()
        case .function: fields.function = try function()
        case .value:
            fields.value = try value()
            fields.hasValue = true
        case .found: fields.found = try value()
        case .key:
            let key = try value()
            fields.key = key == .null ? nil : key
        case .error:
            switch try value() {
            case .null: fields.error = nil
            case .text(let text): fields.error = text
            default: fields.error = cursor.text(from: start)
            }
        case .time: fields.time = try integer()
        case .index: fields.index = try integer().map { Int($0) }
        case .node:
            guard fields.setNode(try value()) else {
                throw cursor.error(
                    expected: "the number of a node or its name, such as \"n1\"", at: start)
            }
        }
    }

    private mutating func eventType() throws(HistoryFormatError) -> EventType {
        let start = cursor.position
        if let letters = cursor.plainString() {
            if let type = typeNames.meaning(of: cursor.bytes, letters) { return type }
        } else if case .text(let name) = try value(), let type = EventType(rawValue: name) {
            return type
        }
        throw cursor.error(expected: "\"invoke\", \"ok\", \"fail\" or \"info\"", at: start)
    }

    private mutating func function() throws(HistoryFormatError) -> Function {
        let start = cursor.position
        if let letters = cursor.plainString() {
            return functionNames.function(cursor.bytes, letters)
        }
        guard case .text(let name) = try value() else {
            throw cursor.error(expected: "the name of a function", at: start)
        }
        return Function(rawValue: name)
    }

    private mutating func integer() throws(HistoryFormatError) -> Int64? {
        let start = cursor.position
        switch try value() {
        case .integer(let number): return number
        case .null: return nil
        default: throw cursor.error(expected: "a whole number or null", at: start)
        }
    }

    /// Reads any value, brought into one form so that equal ones can be compared as they stand.
    private mutating func value(depth: Int = 0) throws(HistoryFormatError) -> Value {
        let start = cursor.position
        guard depth < depthMax else {
            throw cursor.error(expected: "no more than \(depthMax) values in each other")
        }
        switch cursor.peek() {
        case .quote?: return .text(try cursor.quotedString())
        case .openBracket?: return .list(try elements(depth))
        case .openBrace?:
            return try object(from: start, depth)
        default: return try literal()
        }
    }

    /// Reads a map; its entries come in one order, however they were written.
    @inline(never)
    private mutating func object(
        from start: Int, _ depth: Int
    ) throws(HistoryFormatError) -> Value {
        var entries = MapEntries()
        var notation: Value?
        try readMembers { reader throws(HistoryFormatError) in
            let place = reader.cursor.position
            let name = try reader.cursor.quotedString()
            try reader.skipColon()
            let value = try reader.value(depth: depth + 1)
            if name == Value.notationName { notation = value }
            guard entries.add(.text(name), value) || reader.isPassingOver else {
                throw reader.cursor.error(
                    expected: "an object with each name once (\"\(name)\" comes twice)", at: place)
            }
        }
        guard entries.count == 1, case .text(let text)? = notation, !isPassingOver else {
            return .form(entries.text)
        }
        do {
            return try Value(edn: text)
        } catch {
            throw cursor.error(
                expected: "a value in Clojure's notation, with \(error.expected)", at: start)
        }
    }

    private mutating func elements(_ depth: Int) throws(HistoryFormatError) -> [Value] {
        cursor.skip()
        cursor.skipBlanks()
        var elements: [Value] = []
        if cursor.skip(.closeBracket) { return elements }
        repeat {
            cursor.skipBlanks()
            elements.append(try value(depth: depth + 1))
            cursor.skipBlanks()
        } while cursor.skip(.comma)
        guard cursor.skip(.closeBracket) else { throw cursor.error(expected: "`,` or `]`") }
        return elements
    }

    /// Reads a number, `null`, `true` or `false`.
    private mutating func literal() throws(HistoryFormatError) -> Value {
        let start = cursor.position
        let number = cursor.integer()
        guard !(cursor.peek()?.endsToken ?? true) else {
            guard let number else { throw cursor.error(expected: "a value") }
            return .integer(number)
        }
        while let byte = cursor.peek(), !byte.endsToken { cursor.skip() }
        return try otherLiteral(from: start)
    }

    /// Reads what is no plain whole number; out of line, since it is rare.
    @inline(never)
    private func otherLiteral(from start: Int) throws(HistoryFormatError) -> Value {
        if let number = Value(jsonNumber: cursor.bytes[start..<cursor.position]) { return number }
        switch cursor.text(from: start) {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        // No JSON, but what common libraries write.
        case "NaN": return .form("##NaN")
        case "Infinity": return .form("##Inf")
        case "-Infinity": return .form("##-Inf")
        default: throw cursor.error(expected: "a value", at: start)
        }
    }
}
