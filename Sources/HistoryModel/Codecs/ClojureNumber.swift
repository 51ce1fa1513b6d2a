/// Numbers as Clojure writes them, beyond plain whole ones of 64 bits.
///
/// Source: Clojure's `LispReader` and <https://github.com/edn-format/edn>.
enum ClojureNumber {
    /// Numbers of more digits in another radix than ten are kept as they were written: to convert
    /// them takes time that grows with the square.
    private static let digitsMax = 1_000

    /// The number that a token is; nil if it is none.
    ///
    /// Whole numbers are one value however they are written (`16`, `16N`, `0x10`, `020`, `2r10000`,
    /// `32/2`), numbers with a point another (`16.0`, `1.6e1`), and exact ones a third (`16M`,
    /// `16.0M`).
    static func value(_ token: ArraySlice<UInt8>) -> Value? {
        let isNegative = token.first == .minus
        let digits = isNegative || token.first == .plus ? token.dropFirst() : token
        guard let first = digits.first, first.isDigit else { return nil }
        if let slash = digits.firstIndex(of: UInt8(ascii: "/")) {
            return ratio(digits[..<slash], digits[(slash + 1)...], isNegative)
        }
        if let whole = whole(digits) {
            return integer(whole, isNegative)
        }
        let isExact = token.last == UInt8(ascii: "M")
        // Without a point or an exponent it would have been a whole number.
        guard isExact || token.contains(where: { $0 == .dot || $0 | 0x20 == UInt8(ascii: "e") }),
            let numeral = DecimalNumeral(isExact ? token.dropLast() : token)
        else { return nil }
        return .form(numeral.pointText + (isExact ? "M" : ""))
    }

    /// Whether a token is a whole number with a leading zero that is not octal, which Clojure refuses.
    static func isMalformed(_ token: ArraySlice<UInt8>) -> Bool {
        let digits = token.first == .minus || token.first == .plus ? token.dropFirst() : token
        let isWhole = (digits.last == UInt8(ascii: "N") ? digits.dropLast() : digits)
            .allSatisfy(\.isDigit)
        return digits.count > 1 && digits.first == UInt8(ascii: "0") && isWhole
            && whole(digits) == nil
    }

    /// The decimal digits of a whole number without a sign; nil if it is none.
    private static func whole(_ text: ArraySlice<UInt8>) -> String? {
        let digits = text.last == UInt8(ascii: "N") ? text.dropLast() : text
        if digits.first == UInt8(ascii: "0"), digits.count > 1 {
            let second = digits[digits.startIndex + 1]
            return second | 0x20 == UInt8(ascii: "x")
                ? decimal(digits.dropFirst(2), radix: 16) : decimal(digits.dropFirst(), radix: 8)
        }
        if let mark = digits.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "r") }) {
            guard let radix = Int(String(decoding: digits[..<mark], as: UTF8.self)),
                2...36 ~= radix
            else { return nil }
            return decimal(digits[(mark + 1)...], radix: radix)
        }
        guard !digits.isEmpty, digits.allSatisfy(\.isDigit) else { return nil }
        return String(decoding: digits, as: UTF8.self)
    }

    /// The decimal digits of a number of any size.
    private static func decimal(_ text: ArraySlice<UInt8>, radix: Int) -> String? {
        guard !text.isEmpty, text.count <= digitsMax else { return nil }
        // Nine decimal digits in each, the last ones first.
        var parts: [Int] = [0]
        for character in text {
            guard let digit = Character(Unicode.Scalar(character)).hexOrLetterValue, digit < radix
            else { return nil }
            var carry = digit
            for place in parts.indices {
                carry += parts[place] * radix
                parts[place] = carry % 1_000_000_000
                carry /= 1_000_000_000
            }
            if carry > 0 { parts.append(carry) }
        }
        var result = String(parts[parts.count - 1])
        for part in parts.dropLast().reversed() {
            result += String(String(1_000_000_000 + part).dropFirst())
        }
        return result
    }

    private static func integer(_ digits: String, _ isNegative: Bool) -> Value {
        let text = (isNegative ? "-" : "") + digits
        return Int64(text).map { .integer($0) } ?? .form(text)
    }

    /// A quotient in lowest terms; one that is whole is a whole number.
    private static func ratio(
        _ upper: ArraySlice<UInt8>, _ lower: ArraySlice<UInt8>, _ isNegative: Bool
    ) -> Value? {
        guard let above = Int64(String(decoding: upper, as: UTF8.self)),
            let below = Int64(String(decoding: lower, as: UTF8.self)), below > 0, above >= 0
        else { return nil }
        var (divisor, rest) = (above, below)
        while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
        let numerator = (isNegative ? -1 : 1) * (above / divisor)
        return below == divisor ? .integer(numerator) : .form("\(numerator)/\(below / divisor)")
    }
}

extension Character {
    /// What the character stands for as a digit: `0` to `9`, then `a` to `z` in either case.
    fileprivate var hexOrLetterValue: Int? {
        guard let byte = asciiValue else { return nil }
        if byte.isDigit { return Int(byte) - 48 }
        return byte.isLetter ? Int(byte | 0x20) - 97 + 10 : nil
    }
}
