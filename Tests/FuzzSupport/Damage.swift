public import Vocabulary

/// Changes bytes by chance, as a disk, an editor or somebody with intent might.
public struct Damage {
    private let pieces: [[UInt8]]

    /// Knows pieces of the format, such as `:process` or `"`, which take the place of others.
    public init(pieces: [String] = []) { self.pieces = pieces.map { Array($0.utf8) } + Self.bytes }

    /// What breaks readers of many formats: no text, ends of text, great numbers, deep nesting.
    private static let bytes: [[UInt8]] =
        [
            [0], [0xff], [0xc3], [0x80], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf], [0x0a], [0x0d],
            [0x1b, 0x5b],
        ]
        + [
            "\u{202e}", "\u{2028}", "\\u0000", "\\ud800", "\\", "\"", "'", "-",
            "9223372036854775807",
            "-9223372036854775808", "9223372036854775808", "1e999", "0.1e-400",
            "4600000000000000000",
            "NaN", "null", String(repeating: "[", count: 300),
            String(repeating: "{\"a\":", count: 120),
            String(repeating: "9", count: 400), String(repeating: "x", count: 3_000),
        ].map { Array($0.utf8) }

    /// Changes bytes in up to eight places, most often in one.
    ///
    /// - Parameters:
    ///   - original: What is changed.
    ///   - others: Texts of the same format, of which parts may be put in.
    ///   - random: What decides where and how.
    /// - Returns: The changed bytes; now and then as they were.
    public func apply(
        to original: [UInt8], others: [[UInt8]] = [], _ random: inout RandomStream
    ) -> [UInt8] {
        var bytes = original
        let changes = [0, 1, 1, 1, 1, 2, 2, 4, 8].randomElement(using: &random) ?? 1
        for _ in 0..<changes {
            change(&bytes, others, &random)
        }
        return bytes
    }

    private func change(
        _ bytes: inout [UInt8], _ others: [[UInt8]], _ random: inout RandomStream
    ) {
        let span = Self.span(of: bytes, &random)
        switch Int.random(in: 0..<9, using: &random) {
        case 0 where !span.isEmpty:
            bytes[span.lowerBound] ^= 1 << UInt8.random(in: 0...7, using: &random)
        case 1 where !span.isEmpty:
            bytes[span.lowerBound] = .random(in: 0...255, using: &random)
        case 2: bytes.removeSubrange(span)
        case 3: bytes.insert(contentsOf: bytes[span], at: span.lowerBound)
        case 4 where Bool.random(using: &random):
            bytes.removeSubrange(span.lowerBound...)
        case 5:
            guard let other = others.randomElement(using: &random) else { break }
            bytes.replaceSubrange(span, with: other[Self.span(of: other, &random)])
        case 6: bytes.replaceSubrange(span, with: repeatElement(0, count: span.count))
        default:
            let piece = pieces.randomElement(using: &random) ?? [0]
            let isInserted = Bool.random(using: &random)
            let place = isInserted ? span.lowerBound..<span.lowerBound : span
            bytes.replaceSubrange(place, with: piece)
        }
    }

    /// A part, most often a short one.
    private static func span(of bytes: [UInt8], _ random: inout RandomStream) -> Range<Int> {
        guard !bytes.isEmpty else { return 0..<0 }
        let start = Int.random(in: 0..<bytes.count, using: &random)
        let longest = min(
            bytes.count - start, [1, 4, 16, 200].randomElement(using: &random) ?? 1)
        return start..<start + Int.random(in: 1...longest, using: &random)
    }
}
