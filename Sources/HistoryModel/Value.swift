/// A value that a client wrote, read or expected.
///
/// Deliberately without a `nil` literal: in `condition ? nil : value` it would make `.null`, a value
/// that was seen, where an absent one was meant.
public enum Value: Hashable, Sendable {
    /// Nothing: a key that was never written, or a read that has not returned yet.
    case null
    /// True or false.
    case bool(Bool)
    /// A whole number.
    case integer(Int64)
    /// A text.
    case text(String)
    /// Several values in order, such as a compare-and-set's `[expected, new]`.
    case list([Value])
    /// Several values without an order, each once; they stand in ascending order.
    case set([Value])
    /// Anything else, in Clojure's notation: a keyword `:a`, a number such as `1.5`, a map.
    ///
    /// Readers write equal ones in one way (``init(edn:)``), so that they can be compared as they
    /// stand.
    case form(String)
}

extension Value: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
    ExpressibleByArrayLiteral, ExpressibleByBooleanLiteral
{
    /// Makes an integer value.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// Makes a text value.
    public init(stringLiteral value: String) { self = .text(value) }
    /// Makes a list value.
    public init(arrayLiteral elements: Value...) { self = .list(elements) }
    /// Makes a truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension Value: CustomStringConvertible {
    /// The value as a person writes it: `nil`, `true`, `7`, `"text"`, `[1 2]`, `#{1 2}`, `:a`.
    public var description: String {
        switch self {
        case .null: "nil"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .text(let value): "\"\(value)\""
        case .list(let values): "[\(values.map(\.description).joined(separator: " "))]"
        case .set(let values): "#{\(values.map(\.description).joined(separator: " "))}"
        case .form(let form): form
        }
    }
}

/// Orders values so that keys can be listed in the same order in every process.
extension Value: Comparable {
    /// Null first, then Booleans, integers, texts, lists, sets and other forms, each in their own
    /// order.
    public static func < (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.bool(let a), .bool(let b)): !a && b
        case (.integer(let a), .integer(let b)): a < b
        case (.text(let a), .text(let b)):
            a < b || (a == b && a.utf8.lexicographicallyPrecedes(b.utf8))
        case (.list(let a), .list(let b)), (.set(let a), .set(let b)):
            a.lexicographicallyPrecedes(b)
        case (.form(let a), .form(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
        default: left.rank < right.rank
        }
    }

    private var rank: Int {
        switch self {
        case .null: 0
        case .bool: 1
        case .integer: 2
        case .text: 3
        case .list: 4
        case .set: 5
        case .form: 6
        }
    }
}
