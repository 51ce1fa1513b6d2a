/// Reads events and values in Clojure's extensible data notation.
///
/// Source: <https://github.com/edn-format/edn>, with what Jepsen's files contain beyond it.
struct EDNReader {
    var cursor: ByteCursor
    /// How deep forms may be nested, so that no file can exhaust the stack.
    let depthMax = HistoryLimits.depthMax
    var depth = 0
    /// Whether forms are only gone past, whatever they say: nobody is going to compare them.
    var isPassingOver = false
    private let fieldNames = EventField.names
    private let typeNames = EventType.names
    private var functionNames = FunctionNames()
    private var fieldsMet = FieldNames()
    private var mistakes = EventMistakes()

    init(_ bytes: [UInt8]) { self.init(ByteCursor(bytes)) }

    init(_ cursor: ByteCursor) {
        self.cursor = cursor
        self.cursor.skipByteOrderMark()
    }

    /// Reads all events: a vector or list of maps, or one map after the other.
    mutating func readEvents(into collector: inout EventCollector) throws(HistoryFormatError) {
        var list = ListForm()
        while true {
            let start = cursor.position
            var next = list
            do {
                let isOver = try readNext(of: &next, into: &collector)
                if isOver, !cursor.hasMore { break }
                guard isOver else {
                    list = next
                    continue
                }
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

    /// What the events stand in.
    private struct ListForm {
        var isBegun = false
        /// What ends the list; nil if there is none around the events.
        var close: UInt8?
    }

    /// Reads an event, with what stands before it; true if there is none left.
    private mutating func readNext(
        of list: inout ListForm, into collector: inout EventCollector
    ) throws(HistoryFormatError) -> Bool {
        try skipSpace()
        if !list.isBegun, !cursor.isAtEnd {
            list.isBegun = true
            if cursor.skip(.openBracket) {
                list.close = .closeBracket
            } else if cursor.skip(.openParenthesis) {
                list.close = .closeParenthesis
            }
            try skipSpace()
        }
        guard let byte = cursor.peek() else {
            guard list.close == nil else {
                throw cursor.error(expected: "another event or the end of the list")
            }
            return true
        }
        if byte == list.close {
            cursor.skip()
            try skipSpace()
            guard cursor.isAtEnd else {
                throw cursor.error(expected: "nothing behind the end of the list")
            }
            return true
        }
        try readEvent(into: &collector)
        return false
    }

    private mutating func readEvent(
        into collector: inout EventCollector
    ) throws(HistoryFormatError) {
        var fields = EventFields()
        fieldsMet.begin()
        fields.start = cursor.position
        try skipTag()
        guard cursor.skip(.openBrace) else {
            throw cursor.error(expected: "an event such as {:process 0, :type :invoke, …}")
        }
        while true {
            try skipSpace()
            if cursor.skip(.closeBrace) { break }
            let start = cursor.position
            guard cursor.skip(.colon) else { throw noKeyword() }
            skipToken()
            let name = start + 1..<cursor.position
            try skipSpace()
            try readField(name, at: start, into: &fields)
        }
        try mistakes.settle(fields)
        try collector.add(fields, cursor)
    }

    private func noKeyword() -> HistoryFormatError {
        cursor.error(
            expected: cursor.peek() == .quote
                ? "a keyword such as :process (JSON must be one event a line, not an array)"
                : "a keyword such as :process, or the end of the event")
    }

    private mutating func readField(
        _ name: Range<Int>, at place: Int, into fields: inout EventFields
    ) throws(HistoryFormatError) {
        let start = cursor.position
        let field = fieldNames.meaning(of: cursor.bytes, name)
        do throws(HistoryFormatError) {
            let isNew =
                if let field {
                    fieldsMet.note(field)
                } else {
                    fieldsMet.note(name, in: cursor.bytes)
                }
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

    private mutating func read(
        _ field: EventField, into fields: inout EventFields
    ) throws(HistoryFormatError) {
        let start = cursor.position
        switch field {
        case .process:
            guard fields.setProcess(try value()) else { throw noProcess(at: start) }
        case .type:
            guard let type = try eventType() else {
                throw cursor.error(expected: ":invoke, :ok, :fail or :info", at: start)
            }
            fields.type = type
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
            case .form(let form) where form.hasPrefix(":"):
                fields.error = String(form.dropFirst())
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

    /// The error where a value names neither a client nor a nemesis.
    func noProcess(at place: Int) -> HistoryFormatError {
        cursor.error(
            expected: "the whole number of a client, each its own, or :nemesis", at: place)
    }

    private mutating func integer() throws(HistoryFormatError) -> Int64? {
        let start = cursor.position
        switch try value() {
        case .integer(let number): return number
        case .null: return nil
        default: throw cursor.error(expected: "a whole number or nil", at: start)
        }
    }

    /// Reads the type of an event, a keyword or a string; nil if there is no such type.
    mutating func eventType() throws(HistoryFormatError) -> EventType? {
        guard let name = try keyword() else {
            return EventType(rawValue: try cursor.quotedString())
        }
        return typeNames.meaning(of: cursor.bytes, name)
    }

    /// Reads the name of a function, a keyword or a string.
    mutating func function() throws(HistoryFormatError) -> Function {
        guard let name = try keyword() else { return Function(rawValue: try cursor.quotedString()) }
        return functionNames.function(cursor.bytes, name)
    }

    /// Reads a keyword; where it stands, without the colon, or nil if there is a string instead.
    private mutating func keyword() throws(HistoryFormatError) -> Range<Int>? {
        if cursor.skip(.colon) {
            let start = cursor.position
            skipToken()
            return start..<cursor.position
        }
        guard cursor.peek() == .quote else { throw cursor.error(expected: "a keyword") }
        return nil
    }

    mutating func skipToken() {
        while let byte = cursor.peek(), !byte.endsToken { cursor.skip() }
    }

    /// Goes past blanks, commas, comments and discarded forms.
    @inline(__always)
    mutating func skipSpace() throws(HistoryFormatError) {
        // Mostly there is one blank, or a comma and a blank, and no more.
        if cursor.peek() == .comma { cursor.skip() }
        if cursor.peek() == .space { cursor.skip() }
        guard let byte = cursor.peek(), byte <= .comma || byte == .semicolon else { return }
        try skipMoreSpace()
    }

    private mutating func skipMoreSpace() throws(HistoryFormatError) {
        while let byte = cursor.peek() {
            if byte.isBlank || byte == .comma {
                cursor.skip()
            } else if byte == .semicolon {
                cursor.skipLine()
            } else if byte == .hash, isNext(.underscore) {
                cursor.skip()
                cursor.skip()
                try passOver()
            } else {
                return
            }
        }
    }

    func isNext(_ byte: UInt8) -> Bool {
        cursor.position + 1 < cursor.bytes.count && cursor.bytes[cursor.position + 1] == byte
    }

    /// Goes past a tag such as `#jepsen.history.Op`.
    ///
    /// - Returns: where the last tag stands, without its `#`; nil if there is none.
    @discardableResult
    mutating func skipTag() throws(HistoryFormatError) -> Range<Int>? {
        try skipSpace()
        var tag: Range<Int>?
        while cursor.peek() == .hash, !isNext(.openBrace), !isNext(.hash) {
            cursor.skip()
            let start = cursor.position
            skipToken()
            tag = start..<cursor.position
            try skipSpace()
        }
        return tag
    }
}
