/// Reads events written as one JSON object a line.
struct JSONLinesReader {
    private var cursor: ByteCursor
    /// How deep values may be nested, so that no file can exhaust the stack.
    private let depthMax = HistoryLimits.depthMax
    private let fieldNames = EventField.names
    private let typeNames = EventType.names
    private var functionNames = FunctionNames()
    /// What the event at hand says that no client can; a nemesis may, and its name may come last.
    private var mistake: HistoryFormatError?

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
                guard cursor.hasMore else { throw cursor.nonText ?? error }
            }
            // What makes no sense may go on in what has not come yet.
            mistake = nil
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
        fields.start = cursor.position
        guard cursor.peek() == .openBrace else {
            throw cursor.error(
                expected: "an event such as {\"process\": 0, \"type\": \"invoke\", …}, one a line")
        }
        try readMembers { reader, name throws(HistoryFormatError) in
            try reader.readField(name, into: &fields)
        }
        if let mistake {
            guard fields.hasProcess, fields.process == nil else { throw mistake }
            self.mistake = nil
        }
        try collector.add(fields, cursor)
    }

    /// Reads an object; the closure reads the value behind each name.
    private mutating func readMembers(
        _ read: (inout JSONLinesReader, EventField?) throws(HistoryFormatError) -> Void
    ) throws(HistoryFormatError) {
        cursor.skip()
        cursor.skipBlanks()
        if cursor.skip(.closeBrace) { return }
        repeat {
            cursor.skipBlanks()
            guard cursor.peek() == .quote else {
                throw cursor.error(expected: "a name in quotes")
            }
            let name = try fieldName()
            cursor.skipBlanks()
            guard cursor.skip(.colon) else { throw cursor.error(expected: "`:`") }
            cursor.skipBlanks()
            try read(&self, name)
            cursor.skipBlanks()
        } while cursor.skip(.comma)
        guard cursor.skip(.closeBrace) else { throw cursor.error(expected: "`,` or `}`") }
    }

    /// Reads the name of a field; nil if it is one that says nothing to us.
    private mutating func fieldName() throws(HistoryFormatError) -> EventField? {
        if let letters = cursor.plainString() {
            return fieldNames.meaning(of: cursor.bytes, letters)
        }
        let name = Array(try cursor.quotedString().utf8)
        return fieldNames.meaning(of: name, name.indices)
    }

    private mutating func readField(
        _ field: EventField?, into fields: inout EventFields
    ) throws(HistoryFormatError) {
        let start = cursor.position
        guard let field else {
            _ = try value()
            return
        }
        do {
            try read(field, into: &fields)
        } catch {
            guard field != .process, fields.process == nil else { throw error }
            mistake = mistake ?? error
            cursor.position = start
            _ = try value()
        }
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
        case .node: fields.node = try integer().map { Int($0) }
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

    /// Reads any value.
    ///
    /// What is no value of ours is kept as the text that it was.
    private mutating func value(depth: Int = 0) throws(HistoryFormatError) -> Value {
        let start = cursor.position
        guard depth < depthMax else {
            throw cursor.error(expected: "no more than \(depthMax) values in each other")
        }
        switch cursor.peek() {
        case .quote?: return .text(try cursor.quotedString())
        case .openBracket?: return .list(try elements(depth))
        case .openBrace?:
            try readMembers { reader, _ throws(HistoryFormatError) in
                _ = try reader.value(depth: depth + 1)
            }
            return .text(cursor.text(from: start))
        default: return try literal()
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
        switch cursor.text(from: start) {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        case let text where Double(text) != nil: return .text(text)
        default: throw cursor.error(expected: "a value", at: start)
        }
    }
}
