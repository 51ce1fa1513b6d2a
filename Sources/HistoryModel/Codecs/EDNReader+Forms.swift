/// Values in Clojure's notation, brought into one form so that equal ones can be compared as they
/// stand.
extension EDNReader {
    /// Reads any form.
    mutating func value() throws(HistoryFormatError) -> Value {
        if let byte = cursor.peek(), byte.isDigit { return try token() }
        guard depth < depthMax else {
            throw cursor.error(expected: "no more than \(depthMax) forms in each other")
        }
        depth += 1
        defer { depth -= 1 }
        let tag = try skipTag()
        let start = cursor.position
        switch cursor.peek() {
        case nil: throw cursor.error(expected: "a value")
        case .openBracket?: return .list(try elements(until: .closeBracket))
        case .openParenthesis?: return .list(try elements(until: .closeParenthesis))
        case .quote?: return .text(try cursor.quotedString())
        case .openBrace?: return try map(tag)
        case .hash?:
            cursor.skip()
            if cursor.peek() == .openBrace { return try set(from: start) }
            // A number that is none, such as `##Inf`.
            cursor.skip()
            skipToken()
            return .form(cursor.text(from: start))
        case .backslash?: return try character()
        case let byte?:
            guard !byte.endsToken else { throw cursor.error(expected: "a value") }
            return try token()
        }
    }

    /// Goes past a form that says nothing to us, however odd it is.
    mutating func passOver() throws(HistoryFormatError) {
        let before = isPassingOver
        isPassingOver = true
        defer { isPassingOver = before }
        _ = try value()
    }

    private mutating func elements(
        until close: UInt8
    ) throws(HistoryFormatError) -> [Value] {
        cursor.skip()
        var elements: [Value] = []
        while true {
            try skipSpace()
            if cursor.skip(close) { return elements }
            guard !cursor.isAtEnd else {
                throw cursor.error(
                    expected: "another element or `\(Character(UnicodeScalar(close)))`")
            }
            elements.append(try value())
        }
    }

    // What is rare is kept out of line, so that what is frequent stays small.

    /// Reads a set; its elements come in ascending order, however they were written.
    @inline(never)
    private mutating func set(from start: Int) throws(HistoryFormatError) -> Value {
        var elements = try elements(until: .closeBrace)
        let isAscending = zip(elements, elements.dropFirst()).allSatisfy { $0 < $1 }
        guard !isAscending, !isPassingOver else { return .set(elements) }
        elements.sort()
        for (element, next) in zip(elements, elements.dropFirst()) where element == next {
            throw cursor.error(
                expected: "a set with each element once (\(element) comes twice)", at: start)
        }
        return .set(elements)
    }

    /// Reads a map; its entries come in one order, however they were written.
    @inline(never)
    private mutating func map(_ tag: Range<Int>?) throws(HistoryFormatError) -> Value {
        let namespace = tag.map { cursor.text($0) }
        var entries = MapEntries()
        var twice: (key: Value, place: Int)?
        try readEntries { key, value, place in
            let key = key.within(namespace: namespace)
            if !entries.add(key, value) { twice = twice ?? (key, place) }
        }
        if let twice, !isPassingOver {
            throw cursor.error(
                expected: "a map with each key once (\(twice.key) comes twice)", at: twice.place)
        }
        return .form(entries.text)
    }

    /// Reads the entries of a map: each key with its value and where it stands.
    mutating func readEntries(
        _ take: (Value, Value, Int) -> Void
    ) throws(HistoryFormatError) {
        cursor.skip()
        while true {
            try skipSpace()
            if cursor.skip(.closeBrace) { return }
            guard !cursor.isAtEnd else { throw cursor.error(expected: "another entry or `}`") }
            let start = cursor.position
            let key = try value()
            try skipSpace()
            guard cursor.peek() != .closeBrace else {
                guard !isPassingOver else { continue }
                throw cursor.error(expected: "the value of the key \(key)")
            }
            take(key, try value(), start)
        }
    }

    /// Reads a number, a name, a keyword, `nil`, `true` or `false`.
    private mutating func token() throws(HistoryFormatError) -> Value {
        let start = cursor.position
        if let number = cursor.integer() {
            if cursor.peek() == UInt8(ascii: "N") { cursor.skip() }
            if cursor.peek()?.endsToken ?? true, !hasLeadingZero(at: start) {
                return .integer(number)
            }
        }
        return try otherToken(from: start)
    }

    @inline(never)
    private mutating func otherToken(from start: Int) throws(HistoryFormatError) -> Value {
        skipToken()
        if cursor.isNil(start..<cursor.position) { return .null }
        let token = cursor.bytes[start..<cursor.position]
        if let number = ClojureNumber.value(token) { return number }
        if ClojureNumber.isMalformed(token), !isPassingOver {
            throw cursor.error(
                expected: "a number without leading zeros, which make it octal", at: start)
        }
        switch cursor.text(from: start) {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case let other: return .form(other)
        }
    }

    /// Whether a digit follows a zero where a number begins, behind its sign.
    private func hasLeadingZero(at start: Int) -> Bool {
        let first = cursor.bytes[start].isDigit ? start : start + 1
        return cursor.bytes[first] == UInt8(ascii: "0") && first + 1 < cursor.position
            && cursor.bytes[first + 1].isDigit
    }

    /// Reads a character such as `\a`, `\newline` or `\u0061`.
    @inline(never)
    private mutating func character() throws(HistoryFormatError) -> Value {
        let start = cursor.position
        cursor.skip()
        cursor.skip()
        skipToken()
        let text = cursor.text(from: start)
        // By scalars: the sign may be one that joins the backslash.
        let name = text.unicodeScalars.dropFirst()
        guard let first = name.first else {
            throw cursor.error(expected: "a character behind `\\`", at: start)
        }
        let digits = String(name.dropFirst())
        let code: UInt32? =
            switch first {
            case _ where name.count == 1: first.value
            case "u" where digits.utf8.count == 4: UInt32(digits, radix: 16)
            case "o" where 1...3 ~= digits.utf8.count: UInt32(digits, radix: 8)
            default: nil
            }
        guard let code, let scalar = UnicodeScalar(code) else { return .form(text) }
        return .form("\\\(Self.characterNames[scalar] ?? scalar.escapedInEDN)")
    }

    /// The characters that have names.
    private static let characterNames: [UnicodeScalar: String] = [
        "\n": "newline", "\r": "return", " ": "space", "\t": "tab", "\u{8}": "backspace",
        "\u{c}": "formfeed",
    ]
}

extension UnicodeScalar {
    /// The character, or its number if it can't be seen.
    fileprivate var escapedInEDN: String {
        guard value < 32 || value == 127 else { return String(Character(self)) }
        let digits = String(value, radix: 16)
        return "u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}

extension Value {
    /// A key of a map such as `#:person{:name 1}`, in which `:name` means `:person/name`.
    fileprivate func within(namespace tag: String?) -> Value {
        guard let tag, tag.hasPrefix(":"), case .form(let key) = self, key.hasPrefix(":") else {
            return self
        }
        if key.hasPrefix(":_/") { return .form(":" + key.dropFirst(3)) }
        return key.contains("/") ? self : .form("\(tag)/\(key.dropFirst())")
    }
}

/// The entries of a map, told apart by their keys.
struct MapEntries {
    private var entries: [(key: String, value: String)] = []
    private var keys: Set<[UInt8]> = []

    /// Adds an entry; false if there is one with the same key.
    mutating func add(_ key: Value, _ value: Value) -> Bool {
        let key = key.edn
        guard keys.insert(Array(key.utf8)).inserted else { return false }
        entries.append((key, value.edn))
        return true
    }

    var count: Int { entries.count }

    /// The map in Clojure's notation, its entries in the order of their keys.
    var text: String {
        let sorted = entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return "{\(sorted.map { "\($0.key) \($0.value)" }.joined(separator: ", "))}"
    }
}
