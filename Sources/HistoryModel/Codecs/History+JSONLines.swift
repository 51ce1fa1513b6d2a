import Vocabulary

extension History {
    /// The history as JSON lines, one event each; ``DecodedHistory`` reads them back.
    public func jsonLines() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(events.count * 96)
        for event in events {
            event.appendJSON(to: &bytes)
            bytes.append(.newline)
        }
        return bytes
    }
}

extension Event {
    /// Appends the event as one JSON object, without an end of line.
    public func appendJSON(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "{\"index\": \(index), \"time\": \(time.nanoseconds)".utf8)
        bytes.append(contentsOf: ", \"process\": \(process.rawValue)".utf8)
        bytes.append(contentsOf: ", \"type\": \"\(type.rawValue)\", \"f\": ".utf8)
        bytes.appendQuoted(function.rawValue)
        if let key {
            bytes.append(contentsOf: ", \"key\": ".utf8)
            key.appendJSON(to: &bytes)
        }
        bytes.append(contentsOf: ", \"value\": ".utf8)
        value.appendJSON(to: &bytes)
        if let found {
            bytes.append(contentsOf: ", \"found\": ".utf8)
            found.appendJSON(to: &bytes)
        }
        if let error {
            bytes.append(contentsOf: ", \"error\": ".utf8)
            bytes.appendQuoted(error)
        }
        if let node { bytes.append(contentsOf: ", \"node\": \(node.rawValue)".utf8) }
        bytes.append(.closeBrace)
    }
}

extension Value {
    /// The only name of an object that stands for what JSON has no word for, such as a keyword:
    /// `{"$edn": ":a"}`.
    public static let notationName = "$edn"

    fileprivate func appendJSON(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): bytes.append(contentsOf: String(value).utf8)
        case .text(let text): bytes.appendQuoted(text)
        case .list(let elements):
            bytes.append(.openBracket)
            for (position, element) in elements.enumerated() {
                if position > 0 { bytes.append(contentsOf: ", ".utf8) }
                element.appendJSON(to: &bytes)
            }
            bytes.append(.closeBracket)
        case .form(let text) where Value(jsonNumber: text.utf8) == self:
            bytes.append(contentsOf: text.utf8)
        case .form where entriesInJSON != nil:
            bytes.append(.openBrace)
            for (position, entry) in (entriesInJSON ?? []).enumerated() {
                if position > 0 { bytes.append(contentsOf: ", ".utf8) }
                bytes.appendQuoted(entry.name)
                bytes.append(contentsOf: ": ".utf8)
                entry.value.appendJSON(to: &bytes)
            }
            bytes.append(.closeBrace)
        case .set, .form:
            bytes.append(contentsOf: "{\"\(Self.notationName)\": ".utf8)
            bytes.appendQuoted(edn)
            bytes.append(.closeBrace)
        }
    }
}

extension Value {
    /// The entries of a map whose keys are texts; nil if it is none.
    private var entriesInJSON: [(name: String, value: Value)]? {
        guard case .form(let text) = self, text.hasPrefix("{") else { return nil }
        var reader = EDNReader(Array(text.utf8))
        var entries: [(name: String, value: Value)] = []
        var isPlain = true
        do {
            try reader.readEntries { key, value, _ in
                guard case .text(let name) = key else {
                    isPlain = false
                    return
                }
                entries.append((name, value))
            }
        } catch {
            // What no reader made may hold anything; it is written as the text that it is.
            return nil
        }
        let isNotation = entries.count == 1 && entries[0].name == Self.notationName
        return isPlain && !isNotation ? entries : nil
    }
}

extension [UInt8] {
    /// Appends a text in quotes, escaped as both JSON and EDN want it.
    mutating func appendQuoted(_ text: String) {
        append(.quote)
        for byte in text.utf8 {
            switch byte {
            case .quote, .backslash: append(contentsOf: [.backslash, byte])
            case .newline: append(contentsOf: "\\n".utf8)
            case .tab: append(contentsOf: "\\t".utf8)
            case .carriageReturn: append(contentsOf: "\\r".utf8)
            case 0..<32:
                append(contentsOf: "\\u00".utf8)
                append(contentsOf: (byte < 16 ? "0" : "").utf8)
                append(contentsOf: String(byte, radix: 16).utf8)
            default: append(byte)
            }
        }
        append(.quote)
    }
}
