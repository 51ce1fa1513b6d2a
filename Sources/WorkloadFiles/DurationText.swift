public import Vocabulary

/// Lengths of time as people write them: `60s`, `250ms`, `10m`, `1h`.
public enum DurationText {
    private static let units: [(suffix: String, nanoseconds: Nanoseconds)] = [
        ("ms", 1_000_000), ("us", 1_000), ("ns", 1), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]

    /// Reads a length of time: a number, whole or with decimals, and a unit; nil if it is none.
    public static func parse(_ text: String) -> Nanoseconds? {
        for (suffix, factor) in units where text.hasSuffix(suffix) {
            let digits = text.dropLast(suffix.count)
            // Whole numbers are read as such: a double would lose nanoseconds of long times.
            if let whole = Int64(digits), whole >= 0 {
                let (length, overflow) = whole.multipliedReportingOverflow(by: factor)
                return overflow ? nil : length
            }
            guard let number = Double(digits), number.isFinite,
                number >= 0, number * Double(factor) < 9e18
            else { return nil }
            return Nanoseconds((number * Double(factor)).rounded())
        }
        return nil
    }

    /// Writes a length of time with the largest unit that divides it.
    public static func format(_ length: Nanoseconds) -> String {
        let order = ["h", "m", "s", "ms", "us", "ns"]
        for suffix in order {
            guard let unit = units.first(where: { $0.suffix == suffix }) else { continue }
            if length != 0 && length % unit.nanoseconds == 0 {
                return "\(length / unit.nanoseconds)\(suffix)"
            }
        }
        return "0s"
    }
}

extension DurationText {
    /// Writes a length of time for people, with three digits or so: `51.9ms`.
    ///
    /// It can't be read back as exactly that length, as what ``format(_:)`` writes can.
    public static func rounded(_ length: Nanoseconds) -> String {
        let fitting = units.filter { $0.nanoseconds <= min(length, second) }
        guard let unit = fitting.max(by: { $0.nanoseconds < $1.nanoseconds }),
            length % unit.nanoseconds != 0
        else { return format(length) }
        let tenth = unit.nanoseconds / 10
        let tenths = length / tenth + (length % tenth * 2 >= tenth ? 1 : 0)
        let fraction = tenths % 10 == 0 ? "" : ".\(tenths % 10)"
        return "\(tenths / 10)\(fraction)\(unit.suffix)"
    }

    private static let second: Nanoseconds = 1_000_000_000
}

/// Amounts of memory as people write them: `512MB`, `2GB`.
public enum ByteCountText {
    private static let units: [(suffix: String, bytes: Int)] = [
        ("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10), ("B", 1),
    ]

    /// Reads an amount: a whole number and a unit (powers of 1,024); nil if it is none.
    public static func parse(_ text: String) -> Int? {
        for (suffix, factor) in units where text.hasSuffix(suffix) {
            guard let number = Int(text.dropLast(suffix.count)), number >= 0 else { return nil }
            let (bytes, overflow) = number.multipliedReportingOverflow(by: factor)
            return overflow ? nil : bytes
        }
        return nil
    }

    /// Writes an amount with the largest unit that divides it.
    public static func format(_ bytes: Int) -> String {
        for (suffix, factor) in units where bytes != 0 && bytes % factor == 0 {
            return "\(bytes / factor)\(suffix)"
        }
        return "0KB"
    }
}
