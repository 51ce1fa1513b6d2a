/// A number as it is written in decimal digits, such as `-12.50e3`: exact, whatever its size.
///
/// Equal numbers are equal here however they were written.
struct DecimalNumeral: Equatable {
    private var isNegative = false
    /// The digits from the first to the last that is not zero; none for zero.
    private var digits: [UInt8] = []
    /// How many tens the digits, read as a whole number, are to be multiplied with.
    private var exponent = 0

    /// Reads `-12.50e3`; nil if it is anything else, or its exponent is beyond all measure.
    init?(_ text: some Collection<UInt8>) {
        var rest = text[...]
        isNegative = rest.first == .minus
        if isNegative || rest.first == .plus { rest = rest.dropFirst() }
        let whole = rest.prefix { $0.isDigit }
        guard !whole.isEmpty else { return nil }
        digits = Array(whole)
        rest = rest.dropFirst(digits.count)
        if rest.first == .dot {
            let fraction = rest.dropFirst().prefix { $0.isDigit }
            digits += fraction
            exponent = -fraction.count
            rest = rest.dropFirst(1 + fraction.count)
        }
        if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
            let power = rest.dropFirst()
            guard let number = Int32(String(decoding: power, as: UTF8.self)) else { return nil }
            exponent += Int(number)
            rest = rest[rest.endIndex...]
        }
        guard rest.isEmpty else { return nil }
        normalise()
    }

    private mutating func normalise() {
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            exponent += 1
        }
        digits = Array(digits.drop { $0 == UInt8(ascii: "0") })
        guard digits.isEmpty else { return }
        isNegative = false
        exponent = 0
    }

    /// The number, if it is a whole one of 64 bits.
    var integer: Int64? {
        guard exponent >= 0, digits.count + exponent <= 19 else { return nil }
        return digits.isEmpty ? 0 : Int64(sign + plainDigits)
    }

    /// The number as a whole one, without a point, however long; nil if it is none, or its digits
    /// are more than `digitsMax`.
    func wholeText(digitsMax: Int) -> String? {
        guard exponent >= 0, digits.count + exponent <= digitsMax else { return nil }
        return digits.isEmpty ? "0" : sign + plainDigits
    }

    /// The number with a point, `1.0`, `-0.05` or `1.5e300`, the same text for all that are equal.
    var pointText: String {
        let text = String(decoding: digits, as: UTF8.self)
        if digits.isEmpty { return "0.0" }
        if exponent >= 0, digits.count + exponent <= 21 { return "\(sign)\(plainDigits).0" }
        if exponent < 0, -exponent < digits.count {
            return "\(sign)\(text.dropLast(-exponent)).\(text.suffix(-exponent))"
        }
        if exponent < 0, -exponent - digits.count <= 6 {
            let zeros = String(repeating: "0", count: -exponent - digits.count)
            return "\(sign)0.\(zeros)\(text)"
        }
        let fraction = digits.count == 1 ? "0" : text.dropFirst()
        return "\(sign)\(text.prefix(1)).\(fraction)e\(exponent + digits.count - 1)"
    }

    private var sign: String { isNegative ? "-" : "" }

    private var plainDigits: String {
        String(decoding: digits, as: UTF8.self) + String(repeating: "0", count: exponent)
    }
}

extension Value {
    /// The number that a text of JSON means, in which `1`, `1.0` and `1e0` are one; nil if the text is
    /// none.
    init?(jsonNumber text: some Collection<UInt8>) {
        guard let numeral = DecimalNumeral(text) else { return nil }
        if let integer = numeral.integer {
            self = .integer(integer)
        } else {
            self = .form(numeral.wholeText(digitsMax: 40) ?? numeral.pointText)
        }
    }

    /// The value as a reader of JSON would have it, in which `1.0` is `1`.
    public var asReadFromJSON: Value {
        guard case .form(let text) = self else { return self }
        return Value(jsonNumber: text.utf8) ?? self
    }
}
