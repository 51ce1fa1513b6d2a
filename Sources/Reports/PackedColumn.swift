import Foundation

/// Whole numbers, one for each operation, packed for the page: small ones take one byte.
///
/// LEB128 of the numbers, or of their zigzagged differences, in Base64.
struct PackedColumn {
    private var bytes: [UInt8] = []
    private var last = 0

    /// Appends a number that is not negative.
    mutating func append(_ number: Int) {
        append(bits: UInt(bitPattern: max(0, number)))
    }

    /// Appends the difference to the number that was appended this way before.
    mutating func append(differenceTo number: Int) {
        let difference = number &- last
        last = number
        append(bits: UInt(bitPattern: (difference << 1) ^ (difference >> (Int.bitWidth - 1))))
    }

    private mutating func append(bits: UInt) {
        var rest = bits
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// The column as text.
    var base64: String { Data(bytes).base64EncodedString() }
}

/// Texts that occur again and again, each kept once.
struct TextTable {
    private(set) var texts: [String] = []
    private var slots: [String: Int] = [:]

    /// The place of a text in the table, where it is put if it is new.
    mutating func slot(of text: String) -> Int {
        if let slot = slots[text] { return slot }
        slots[text] = texts.count
        texts.append(text)
        return texts.count - 1
    }
}
