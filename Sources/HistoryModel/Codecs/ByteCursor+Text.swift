/// Bytes that must be text.
extension ByteCursor {
    /// Makes sure that these bytes are text in UTF-8.
    ///
    /// What is not could only be shown by one sign for all of it, and would make different values
    /// equal.
    /// - Throws: ``HistoryFormatError`` at the first byte that belongs to no character.
    /// - Complexity: O(n), eight bytes at a time where they are ASCII.
    func checkText(in range: Range<Int>) throws(HistoryFormatError) {
        if let place = firstNonText(in: range) { throw noText(at: place) }
    }

    /// The error where a byte belongs to no character.
    func noText(at place: Int) -> HistoryFormatError {
        var mistake = error(expected: "text in UTF-8", at: place)
        mistake.found = "the byte 0x\(String(bytes[place], radix: 16))"
        return mistake
    }

    /// The first of these bytes that belongs to no character; nil if they are text.
    func firstNonText(in range: Range<Int>) -> Int? {
        bytes.withUnsafeBytes { bytes in
            var place = range.lowerBound
            while place < range.upperBound {
                if place + 8 <= range.upperBound {
                    let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                    if word & 0x8080_8080_8080_8080 == 0 {
                        place += 8
                        continue
                    }
                }
                guard bytes[place] >= 0x80 else {
                    place += 1
                    continue
                }
                guard let length = Self.characterLength(bytes[place..<range.upperBound]) else {
                    return place
                }
                place += length
            }
            return nil
        }
    }

    /// How many bytes the character takes that these begin with; nil if they begin with none.
    ///
    /// Overlong forms and surrogates are no characters (Unicode 16, table 3-7).
    private static func characterLength(_ bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
        let start = bytes.startIndex
        let length: Int
        let second: ClosedRange<UInt8>
        switch bytes[start] {
        case 0xc2...0xdf: (length, second) = (2, 0x80...0xbf)
        case 0xe0: (length, second) = (3, 0xa0...0xbf)
        case 0xed: (length, second) = (3, 0x80...0x9f)
        case 0xe1...0xef: (length, second) = (3, 0x80...0xbf)
        case 0xf0: (length, second) = (4, 0x90...0xbf)
        case 0xf1...0xf3: (length, second) = (4, 0x80...0xbf)
        case 0xf4: (length, second) = (4, 0x80...0x8f)
        default: return nil
        }
        guard bytes.count >= length, second.contains(bytes[start + 1]) else { return nil }
        let others = bytes[start + 2..<start + length]
        return others.allSatisfy { 0x80...0xbf ~= $0 } ? length : nil
    }
}
