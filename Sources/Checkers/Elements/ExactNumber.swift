import HistoryModel

/// A number as it is written, compared exactly however large or fine it is.
///
/// Whole numbers of up to 64 bits are values of their own; all others are kept as they were
/// written: `1.5`, `2e9`, `12345678901234567890`, with or without the suffixes N and M.
/// Readers write numbers to another base in decimal, unless they are too long; such are none here.
struct ExactNumber: Hashable, Sendable {
    private var isNegative: Bool
    /// The digits without zeros at either end; none for 0.
    private var digits: [UInt8]
    /// The place of the point: the number is 0.d₁d₂d₃… times ten to this.
    private var magnitude: Int

    /// Nil if the value is not a number, or one that has no place among others, such as `##NaN`.
    init?(_ value: Value) {
        switch value {
        case .integer(let number):
            self.init(isNegative: number < 0, digits: String(number.magnitude).utf8.map { $0 - 48 })
        case .form(let text):
            guard let number = Self(text: text) else { return nil }
            self = number
        default: return nil
        }
    }

    /// Reads a number; a whole one of 64 bits is none, since it would have been a value of its own.
    private init?(text: String) {
        guard Int64(text) == nil else { return nil }
        var rest = Array(text.utf8)[...]
        let sign = rest.first
        if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest.removeFirst() }
        let isNegative = sign == UInt8(ascii: "-")
        if rest.last == UInt8(ascii: "N") || rest.last == UInt8(ascii: "M") { rest.removeLast() }
        let point = rest.firstIndex(of: UInt8(ascii: ".")) ?? rest.endIndex
        let mark = rest.firstIndex { $0 | 0x20 == UInt8(ascii: "e") } ?? rest.endIndex
        guard point == rest.endIndex || point < mark else { return nil }
        let whole = rest[..<min(point, mark)]
        let fraction = point < mark ? rest[(point + 1)..<mark] : []
        let digits = (whole + fraction).map { $0 &- 48 }
        guard !whole.isEmpty, digits.allSatisfy({ $0 < 10 }) else { return nil }
        var exponent = 0
        if mark < rest.endIndex {
            // Beyond that nobody writes numbers, and sums of places would overflow.
            guard let written = Int32(String(decoding: rest[(mark + 1)...], as: UTF8.self)) else {
                return nil
            }
            exponent = Int(written)
        }
        self.init(
            isNegative: isNegative, digits: digits, magnitude: whole.count + exponent)
    }

    private init(isNegative: Bool, digits: [UInt8], magnitude: Int? = nil) {
        let zeros = digits.prefix { $0 == 0 }.count
        var significant = digits.dropFirst(zeros)
        while significant.last == 0 { significant.removeLast() }
        self.digits = Array(significant)
        self.isNegative = isNegative && !significant.isEmpty
        self.magnitude = significant.isEmpty ? 0 : (magnitude ?? digits.count) - zeros
    }
}

extension ExactNumber: Comparable {
    static func < (left: ExactNumber, right: ExactNumber) -> Bool {
        guard left.isNegative == right.isNegative else { return left.isNegative }
        return left.isNegative
            ? right.isSmallerIgnoringSign(than: left) : left.isSmallerIgnoringSign(than: right)
    }

    private func isSmallerIgnoringSign(than other: ExactNumber) -> Bool {
        guard !digits.isEmpty, !other.digits.isEmpty else {
            return digits.isEmpty && !other.digits.isEmpty
        }
        guard magnitude == other.magnitude else { return magnitude < other.magnitude }
        return digits.lexicographicallyPrecedes(other.digits)
    }
}
