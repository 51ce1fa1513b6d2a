/// A place in a text, as bytes: all of them, or those from the event at hand on.
struct ByteCursor {
    var bytes: [UInt8]
    var position = 0
    /// What comes behind the bytes; nil if nothing does.
    var rest: StreamedText?
    /// What lay before the bytes: lines, and the beginning of the first one that is here.
    var forgottenLines = 0
    var forgottenColumns = 0
    /// Up to where the bytes are known to be text; nil if nobody asks.
    var textEnd: Int?
    /// Says where the text was cut off because a byte belongs to no character.
    var nonText: HistoryFormatError?

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position >= bytes.count }

    /// The byte here; nil at the end.
    @inline(__always)
    func peek() -> UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    /// Goes on by one byte.
    @inline(__always)
    mutating func skip() { position += 1 }

    /// Goes on by one byte if it is this one.
    @inline(__always)
    mutating func skip(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }

    /// Goes past blanks and ends of lines.
    mutating func skipBlanks() {
        while let byte = peek(), byte.isBlank { position += 1 }
    }

    /// Goes to the beginning of the next line.
    mutating func skipLine() {
        while let byte = peek() {
            position += 1
            if byte == .newline { return }
        }
    }

    mutating func skipByteOrderMark() {
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
    }

    /// Goes behind the next occurrence of a word; stays if there is none before `end`.
    mutating func skip(past word: [UInt8], before end: Int? = nil) -> Bool {
        var start = position
        let last = (end ?? bytes.count) - word.count
        while start <= last {
            if bytes[start] == word[0], bytes[start..<start + word.count].elementsEqual(word) {
                position = start + word.count
                return true
            }
            start += 1
        }
        return false
    }

    /// Whether `nil` stands at these places.
    func isNil(_ range: Range<Int>) -> Bool {
        range.count == 3 && bytes[range.lowerBound] == UInt8(ascii: "n")
            && bytes[range.lowerBound + 1] == UInt8(ascii: "i")
            && bytes[range.lowerBound + 2] == UInt8(ascii: "l")
    }

    /// The text from `start` up to here.
    func text(from start: Int) -> String { text(start..<position) }

    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }

    /// How many bytes of a place a message shows.
    static let shownMax = 24

    /// The error that names what should stand at a place, and quotes what does.
    func error(expected: String, at place: Int? = nil) -> HistoryFormatError {
        let place = min(place ?? position, bytes.count)
        let before = bytes[..<place]
        let lineStart = before.lastIndex(of: .newline).map { $0 + 1 } ?? -forgottenColumns
        let rest = bytes[place...].prefix(Self.shownMax)
            .prefix { $0 != .newline && $0 != .carriageReturn }
        let found: String
        if place == bytes.count {
            found = "the end of the file"
        } else if rest.isEmpty {
            found = "the end of the line"
        } else {
            found = "`\(String(decoding: rest, as: UTF8.self))`"
        }
        return HistoryFormatError(
            line: forgottenLines + before.count { $0 == .newline } + 1,
            column: place - lineStart + 1,
            expected: expected, found: found)
    }

    /// Reads a whole number, such as `-12`; nil, and no step, if there is none or it is too large.
    mutating func integer() -> Int64? {
        let start = position
        let isNegative = peek() == .minus
        if isNegative || peek() == .plus { position += 1 }
        let digits = position
        var magnitude: Int64 = 0
        // So many digits fit for certain.
        let safe = min(digits + 18, bytes.count)
        while position < safe, bytes[position].isDigit {
            magnitude = magnitude &* 10 &+ Int64(bytes[position] &- UInt8(ascii: "0"))
            position += 1
        }
        if isNegative { magnitude = -magnitude }
        while let byte = peek(), byte.isDigit {
            let (tens, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            let digit = Int64(byte - UInt8(ascii: "0"))
            let (sum, overflowToo) =
                isNegative
                ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
            if overflow || overflowToo {
                position = start
                return nil
            }
            magnitude = sum
            position += 1
        }
        guard position > digits else {
            position = start
            return nil
        }
        return magnitude
    }
}
