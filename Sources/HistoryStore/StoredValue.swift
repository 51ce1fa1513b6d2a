internal import Foundation
internal import GRDB
internal import HistoryModel

/// How values stand in a column: integers as such, nil as NULL, everything else as JSON.
extension Value {
    var stored: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let value): value.databaseValue
        case .bool, .text, .list, .set, .form: json.databaseValue
        }
    }

    /// The value where NULL means that there is none, not even nil.
    var storedOrNull: DatabaseValue { self == .null ? "null".databaseValue : stored }

    private var json: String {
        switch self {
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .integer(let value): return String(value)
        // JSON and Clojure escape texts alike.
        case .text: return edn
        case .list(let values): return "[\(values.map(\.json).joined(separator: ","))]"
        case .set, .form: return "{\"\(Value.notationName)\":\(Value.text(edn).edn)}"
        }
    }

    /// Reads a value that stands as JSON.
    init(json text: UnsafeBufferPointer<UInt8>) throws(StoredValueError) {
        // A list of integers, which every compare-and-set has, is worth a short way.
        if let integers = Value.integers(in: text) {
            self = .list(integers)
            return
        }
        var reader = StoredValueReader(text)
        self = try reader.read()
    }

    /// The numbers of a list that holds nothing else; nil if it does, or is none.
    private static func integers(in text: UnsafeBufferPointer<UInt8>) -> [Value]? {
        guard text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") else { return nil }
        var values: [Value] = []
        var start = 1
        while start < text.count {
            var end = start
            while end < text.count - 1, text[end] != UInt8(ascii: ",") { end += 1 }
            guard let number = integer(text[start..<end]) else { return nil }
            values.append(.integer(number))
            start = end + 1
        }
        return values
    }

    private static func integer(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
        let isNegative = digits.first == UInt8(ascii: "-")
        let digits = isNegative ? digits.dropFirst() : digits
        // Numbers of more digits may be too large: they go the long way.
        guard 1...18 ~= digits.count else { return nil }
        var number: Int64 = 0
        for digit in digits {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= digit else { return nil }
            number = number * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return isNegative ? -number : number
    }
}

/// A column that holds no value of the harness.
struct StoredValueError: Error, CustomStringConvertible {
    var text: String
    var description: String { "\(text) is not a value" }
}
