/// The characters that the formats of histories are made of.
extension UInt8 {
    static let tab = UInt8(ascii: "\t")
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let hash = UInt8(ascii: "#")
    static let openParenthesis = UInt8(ascii: "(")
    static let closeParenthesis = UInt8(ascii: ")")
    static let comma = UInt8(ascii: ",")
    static let plus = UInt8(ascii: "+")
    static let minus = UInt8(ascii: "-")
    static let dot = UInt8(ascii: ".")
    static let colon = UInt8(ascii: ":")
    static let semicolon = UInt8(ascii: ";")
    static let openBracket = UInt8(ascii: "[")
    static let backslash = UInt8(ascii: "\\")
    static let closeBracket = UInt8(ascii: "]")
    static let underscore = UInt8(ascii: "_")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")

    var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
    var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }
    /// Blank within a line or at its end.
    var isBlank: Bool {
        self == .space || self == .newline || self == .tab || self == .carriageReturn
    }
    /// Whether it ends a number or a name in EDN.
    @inline(__always)
    var endsToken: Bool {
        // A bit for each character, since every letter of a file is asked.
        self < 64
            ? Self.enders.low >> UInt64(self) & 1 != 0
            : self < 128 && Self.enders.high >> UInt64(self &- 64) & 1 != 0
    }

    /// The bits of space, newline, tab, carriage return and `,;"()`, and of `[]{}`.
    private static let enders: (low: UInt64, high: UInt64) = (
        0x0800_1305_0000_2600, 0x2800_0000_2800_0000
    )
}
