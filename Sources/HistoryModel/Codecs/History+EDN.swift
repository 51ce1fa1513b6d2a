import Vocabulary

extension History {
    /// The history in Clojure's notation, one map a line; ``DecodedHistory`` reads it back.
    public func edn() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(events.count * 80)
        for event in events {
            event.appendEDN(to: &bytes)
            bytes.append(.newline)
        }
        return bytes
    }
}

extension Event {
    /// Appends the event as one map, without an end of line.
    public func appendEDN(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "{:index \(index), :time \(time.nanoseconds)".utf8)
        bytes.append(contentsOf: ", :process \(process.rawValue), :type :\(type.rawValue)".utf8)
        bytes.append(contentsOf: ", :f ".utf8)
        if function.isKeyword {
            bytes.append(contentsOf: ":\(function.rawValue)".utf8)
        } else {
            bytes.appendQuoted(function.rawValue)
        }
        if let key {
            bytes.append(contentsOf: ", :key ".utf8)
            key.appendEDN(to: &bytes)
        }
        bytes.append(contentsOf: ", :value ".utf8)
        value.appendEDN(to: &bytes)
        if let found {
            bytes.append(contentsOf: ", :found ".utf8)
            found.appendEDN(to: &bytes)
        }
        if let error {
            bytes.append(contentsOf: ", :error ".utf8)
            bytes.appendQuoted(error)
        }
        if let node { bytes.append(contentsOf: ", :node \(node.rawValue)".utf8) }
        bytes.append(.closeBrace)
    }
}

extension Function {
    /// Whether it can be written as a keyword, without quotes.
    fileprivate var isKeyword: Bool {
        !rawValue.isEmpty && rawValue.utf8.allSatisfy { !$0.endsToken && $0 > 32 }
    }
}

extension Value {
    /// The value in Clojure's notation, which ``init(edn:)`` reads back.
    ///
    /// Equal values have equal texts.
    public var edn: String {
        var bytes: [UInt8] = []
        appendEDN(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    func appendEDN(to bytes: inout [UInt8]) {
        switch self {
        case .text(let text): bytes.appendQuoted(text)
        case .list(let elements):
            bytes.append(.openBracket)
            Self.appendEDN(elements, to: &bytes)
            bytes.append(.closeBracket)
        case .set(let elements):
            bytes.append(.hash)
            bytes.append(.openBrace)
            Self.appendEDN(elements, to: &bytes)
            bytes.append(.closeBrace)
        case .null, .bool, .integer, .form: bytes.append(contentsOf: description.utf8)
        }
    }

    private static func appendEDN(_ elements: [Value], to bytes: inout [UInt8]) {
        for (position, element) in elements.enumerated() {
            if position > 0 { bytes.append(.space) }
            element.appendEDN(to: &bytes)
        }
    }
}
