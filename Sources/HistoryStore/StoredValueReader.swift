internal import Foundation
internal import HistoryModel

/// Reads the JSON of a value: Booleans, whole numbers, strings, lists of them, and forms of EDN.
///
/// Foundation's decoder takes time that grows with the square of the depth.
/// - Complexity: O(n) in the number of bytes.
struct StoredValueReader {
    private let text: UnsafeBufferPointer<UInt8>
    private var place = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    /// The value, which must be all there is.
    mutating func read() throws(StoredValueError) -> Value {
        let value = try value(depth: 0)
        skipBlanks()
        guard place == text.count else { throw mistake }
        return value
    }

    private mutating func value(depth: Int) throws(StoredValueError) -> Value {
        guard depth < HistoryLimits.depthMax else {
            throw StoredValueError(
                text: "a list with more than \(HistoryLimits.depthMax) others in each other")
        }
        skipBlanks()
        switch place < text.count ? text[place] : 0 {
        case UInt8(ascii: "["): return .list(try elements(depth))
        case UInt8(ascii: "{"): return try form()
        case UInt8(ascii: "\""): return .text(try string())
        default: return try word()
        }
    }

    private mutating func elements(_ depth: Int) throws(StoredValueError) -> [Value] {
        var elements: [Value] = []
        place += 1
        skipBlanks()
        if skip(UInt8(ascii: "]")) { return elements }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipBlanks()
        } while skip(UInt8(ascii: ","))
        guard skip(UInt8(ascii: "]")) else { throw mistake }
        return elements
    }

    /// A value that JSON has no word for: an object of one field with the value's EDN.
    private mutating func form() throws(StoredValueError) -> Value {
        place += 1
        skipBlanks()
        guard comes(UInt8(ascii: "\"")), try string() == Value.notationName else { throw mistake }
        skipBlanks()
        guard skip(UInt8(ascii: ":")) else { throw mistake }
        skipBlanks()
        guard comes(UInt8(ascii: "\"")) else { throw mistake }
        let text = try string()
        skipBlanks()
        guard skip(UInt8(ascii: "}")) else { throw mistake }
        do {
            return try Value(edn: text)
        } catch { throw mistake }
    }

    /// Whether a byte comes next.
    private func comes(_ byte: UInt8) -> Bool { place < text.count && text[place] == byte }

    /// A text in quotes; one with escapes is left to Foundation.
    private mutating func string() throws(StoredValueError) -> String {
        let start = place
        var hasEscapes = false
        place += 1
        while place < text.count, text[place] != UInt8(ascii: "\"") {
            if text[place] == UInt8(ascii: "\\") {
                hasEscapes = true
                place += 1
            }
            place += 1
        }
        guard skip(UInt8(ascii: "\"")) else { throw mistake }
        if hasEscapes {
            do {
                return try JSONDecoder().decode(String.self, from: Data(text[start..<place]))
            } catch { throw mistake }
        }
        guard let plain = String(validating: text[start + 1..<place - 1], as: UTF8.self) else {
            throw mistake
        }
        return plain
    }

    private mutating func word() throws(StoredValueError) -> Value {
        let start = place
        while place < text.count, !Self.ends.contains(text[place]) { place += 1 }
        switch String(decoding: text[start..<place], as: UTF8.self) {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        case let digits:
            guard let number = Int64(digits) else { throw mistake }
            return .integer(number)
        }
    }

    private static let ends = Array(",]} \t\r\n".utf8)

    private mutating func skipBlanks() {
        while place < text.count, [0x20, 0x09, 0x0a, 0x0d].contains(text[place]) { place += 1 }
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard place < text.count, text[place] == byte else { return false }
        place += 1
        return true
    }

    /// Names the value, or how it begins.
    private var mistake: StoredValueError {
        StoredValueError(text: String(decoding: text.prefix(100), as: UTF8.self))
    }
}
