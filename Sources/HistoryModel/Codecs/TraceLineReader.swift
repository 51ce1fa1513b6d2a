import Vocabulary

/// Reads what nodes note of their state transitions: one flat JSON object a line.
///
///     {"t":812739128371,"node":1,"name":"committed","term":3,"index":17,"hash":"00c0ffee"}
///
/// Numbers are whole, texts have no escapes but `\\`, `\"` and `\u00XX`, and nothing is blank; names that
/// are not known are passed over. A line of any other form is skipped and counted.
///
/// - Complexity: O(n) in the number of bytes, without looking at any of them twice.
public struct TraceLineReader {
    private var cursor: ByteCursor
    /// How many lines made no sense.
    public private(set) var unreadable = 0

    /// Reads whole lines; a last one without an end counts as well.
    public init(_ bytes: [UInt8]) { cursor = ByteCursor(bytes) }

    /// The next event, with its time as the line has it; nil at the end.
    public mutating func next() -> NodeTraceEvent? {
        while !cursor.isAtEnd {
            if cursor.skip(.newline) { continue }
            if let event = event(), cursor.isAtEnd || cursor.skip(.newline) { return event }
            unreadable += 1
            cursor.skipLine()
        }
        return nil
    }

    private mutating func event() -> NodeTraceEvent? {
        guard cursor.skip(.openBrace) else { return nil }
        var event = NodeTraceEvent(time: .zero, node: .harness, name: "")
        var hasTime = false
        var hasNode = false
        repeat {
            guard let name = text(), cursor.skip(.colon) else { return nil }
            guard cursor.peek() != .quote else {
                guard let text = text(), set(name, text, of: &event) else { return nil }
                continue
            }
            guard let number = cursor.integer() else { return nil }
            switch name {
            case "t":
                event.time = Instant(nanoseconds: number)
                hasTime = true
            case "node":
                event.node = NodeID(Int(number))
                hasNode = true
            case "term": event.term = Int(number)
            case "index": event.index = Int(number)
            case "entryTerm": event.entryTerm = Int(number)
            case "count": event.count = Int(number)
            default: break
            }
        } while cursor.skip(.comma)
        guard cursor.skip(.closeBrace), hasTime, hasNode, !event.name.isEmpty else { return nil }
        return event
    }

    private func set(_ name: String, _ text: String, of event: inout NodeTraceEvent) -> Bool {
        switch name {
        case "name": event.name = text
        case "hash":
            event.hash = UInt64(text, radix: 16)
            return event.hash != nil
        case "detail": event.detail = text
        default: break
        }
        return true
    }

    /// A text in quotes, within the line.
    private mutating func text() -> String? {
        guard cursor.skip(.quote) else { return nil }
        let start = cursor.position
        while let byte = cursor.peek(), byte != .quote {
            guard byte != .newline else { return nil }
            if byte == .backslash { return escapedText(from: start) }
            cursor.skip()
        }
        defer { cursor.skip() }
        return cursor.isAtEnd ? nil : cursor.text(from: start)
    }

    /// The rest of a text in which something is escaped; the cursor stands at the first escape.
    private mutating func escapedText(from start: Int) -> String? {
        var bytes = Array(cursor.bytes[start..<cursor.position])
        while let byte = cursor.peek(), byte != .quote {
            guard byte != .newline else { return nil }
            cursor.skip()
            guard byte == .backslash else {
                bytes.append(byte)
                continue
            }
            switch cursor.peek() {
            case .quote?, .backslash?:
                bytes.append(cursor.bytes[cursor.position])
                cursor.skip()
            case UInt8(ascii: "u")?:
                cursor.skip()
                guard cursor.skip(UInt8(ascii: "0")), cursor.skip(UInt8(ascii: "0")),
                    let high = hexadecimalDigit(), let low = hexadecimalDigit()
                else { return nil }
                bytes.append(high << 4 | low)
            default: return nil
            }
        }
        defer { cursor.skip() }
        return cursor.isAtEnd ? nil : String(decoding: bytes, as: UTF8.self)
    }

    private mutating func hexadecimalDigit() -> UInt8? {
        guard let byte = cursor.peek(),
            let value = Character(Unicode.Scalar(byte)).hexDigitValue
        else { return nil }
        cursor.skip()
        return UInt8(value)
    }
}
