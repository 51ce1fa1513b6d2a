internal import Foundation
internal import GRDB
internal import HistoryModel

/// How values stand in a column: integers as such, nil as NULL, everything else as JSON.
extension Value {
    var stored: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let value): value.databaseValue
        case .bool, .text, .list: json.databaseValue
        }
    }

    /// The value where NULL means that there is none, not even nil.
    var storedOrNull: DatabaseValue { self == .null ? "null".databaseValue : stored }

    private var json: String {
        switch self {
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .integer(let value): return String(value)
        case .text(let value):
            let data = try? JSONEncoder().encode(value)
            return data.map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
        case .list(let values): return "[\(values.map(\.json).joined(separator: ","))]"
        }
    }

    init(stored: DatabaseValue) throws(StoredValueError) {
        switch stored.storage {
        case .null: self = .null
        case .int64(let value): self = .integer(value)
        case .string(let text): self = try Value(json: text)
        case .double, .blob: throw StoredValueError(text: stored.description)
        }
    }

    private init(json text: String) throws(StoredValueError) {
        // A list of integers, which every compare-and-set has, is worth a short way.
        if let integers = Value.integers(in: text) {
            self = .list(integers)
            return
        }
        guard
            let parsed = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        else { throw StoredValueError(text: text) }
        self = parsed.value
    }

    private static func integers(in text: String) -> [Value]? {
        guard text.first == "[", text.last == "]" else { return nil }
        var values: [Value] = []
        for part in text.dropFirst().dropLast().split(separator: ",") {
            guard let number = Int64(part) else { return nil }
            values.append(.integer(number))
        }
        return values
    }
}

/// A column that holds no value of the harness.
struct StoredValueError: Error, CustomStringConvertible {
    var text: String
    var description: String { "\(text) is not a value" }
}

private struct JSONValue: Decodable {
    var value: Value

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            value = .null
        } else if let bool = try? container.decode(Bool.self) {
            value = .bool(bool)
        } else if let integer = try? container.decode(Int64.self) {
            value = .integer(integer)
        } else if let text = try? container.decode(String.self) {
            value = .text(text)
        } else {
            value = .list(try container.decode([JSONValue].self).map(\.value))
        }
    }
}
