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
    /// A text, or anything else in the textual form it was recorded in.
    case text(String)
    /// Several values in order, such as a compare-and-set's `[expected, new]`.
    case list([Value])
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
    /// The value as a person writes it: `nil`, `true`, `7`, `"text"`, `[1 2]`.
    public var description: String {
        switch self {
        case .null: "nil"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .text(let value): "\"\(value)\""
        case .list(let values): "[\(values.map(\.description).joined(separator: " "))]"
        }
    }
}

/// Orders values so that keys can be listed in the same order in every process.
extension Value: Comparable {
    /// Null first, then truth values, integers, texts and lists, each in their own order.
    public static func < (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.bool(let a), .bool(let b)): !a && b
        case (.integer(let a), .integer(let b)): a < b
        case (.text(let a), .text(let b)):
            a < b || (a == b && a.utf8.lexicographicallyPrecedes(b.utf8))
        case (.list(let a), .list(let b)): a.lexicographicallyPrecedes(b)
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
        }
    }
}
