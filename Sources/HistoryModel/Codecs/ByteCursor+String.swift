/// Quoted strings, the same in JSON and in EDN.
extension ByteCursor {
    /// Reads a string in double quotes with backslash escapes.
    mutating func quotedString() throws(HistoryFormatError) -> String {
        let opening = position
        guard skip(.quote) else { throw error(expected: "a string") }
        let start = position
        while let byte = peek(), byte != .quote, byte != .backslash { position += 1 }
        if peek() == .quote {
            position += 1
            return text(start..<position - 1)
        }
        var unescaped = Array(bytes[start..<position])
        while let byte = peek() {
            position += 1
            switch byte {
            case .quote: return String(decoding: unescaped, as: UTF8.self)
            case .backslash: unescaped.append(contentsOf: try escaped())
            default: unescaped.append(byte)
            }
        }
        throw error(expected: "a closing quote", at: opening)
    }

    /// Reads a string in which nothing is escaped; where its letters stand, or nil, and no step, if
    /// there is none.
    mutating func plainString() -> Range<Int>? {
        guard peek() == .quote else { return nil }
        var end = position + 1
        while end < bytes.count, bytes[end] != .quote {
            guard bytes[end] != .backslash else { return nil }
            end += 1
        }
        guard end < bytes.count else { return nil }
        defer { position = end + 1 }
        return position + 1..<end
    }

    private mutating func escaped() throws(HistoryFormatError) -> [UInt8] {
        let place = position - 1
        guard let byte = peek() else { throw error(expected: "an escaped character") }
        position += 1
        switch byte {
        case UInt8(ascii: "n"): return [.newline]
        case UInt8(ascii: "t"): return [.tab]
        case UInt8(ascii: "r"): return [.carriageReturn]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case .quote, .backslash, UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "u"):
            var unit = try hexadecimal()
            if unit >> 10 == 0xd800 >> 10, peek() == .backslash {
                position += 1
                guard skip(UInt8(ascii: "u")) else { throw error(expected: "a low surrogate") }
                let low = try hexadecimal()
                guard low >> 10 == 0xdc00 >> 10 else {
                    throw error(expected: "a low surrogate", at: position - 4)
                }
                unit = 0x10000 + (unit & 0x3ff) << 10 + low & 0x3ff
            }
            // Half a character stands for none: to put one sign for all of them would make different
            // texts equal.
            guard let scalar = UnicodeScalar(unit) else {
                throw error(expected: "the escape of a whole character", at: place)
            }
            return Array(String(scalar).utf8)
        default: throw error(expected: "an escape such as \\n or \\u00e4", at: place)
        }
    }

    private mutating func hexadecimal() throws(HistoryFormatError) -> UInt32 {
        let start = position
        position = min(position + 4, bytes.count)
        let digits = bytes[start..<position]
        guard digits.count == 4, digits.allSatisfy({ $0.isDigit || ($0 | 0x20) &- 97 < 6 }),
            let unit = UInt32(text(from: start), radix: 16)
        else { throw error(expected: "four hexadecimal digits", at: start) }
        return unit
    }
}
