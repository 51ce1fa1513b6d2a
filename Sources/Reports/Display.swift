import HistoryModel
import Vocabulary

/// How figures are written on the page and in the summary: the same everywhere.
enum Display {
    /// A whole number with commas between thousands, such as `58,211`.
    static func count(_ number: Int) -> String {
        var groups: [Substring] = []
        var digits = Substring(String(number.magnitude))
        while digits.count > 3 {
            groups.append(digits.suffix(3))
            digits = digits.dropLast(3)
        }
        groups.append(digits)
        return (number < 0 ? "−" : "") + groups.reversed().joined(separator: ",")
    }

    /// A count with its noun, such as `1 fault` or `12 faults`.
    static func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
        "\(count(number)) \(number == 1 ? singular : plural ?? singular + "s")"
    }

    /// Operations a second, such as `1,204/s`; a dash where nothing was measured.
    static func rate(_ perSecond: Double?) -> String {
        guard let perSecond else { return "–" }
        if perSecond > 0, perSecond < 10 { return "\(decimal(perSecond, places: 1))/s" }
        return "\(count(Int(perSecond.rounded())))/s"
    }

    /// A length of time to three digits with the unit that fits, such as `12.3 ms`.
    static func length(_ nanoseconds: Nanoseconds) -> String {
        let units: [(name: String, size: Double)] = [("s", 1e9), ("ms", 1e6), ("µs", 1e3)]
        let value = Double(nanoseconds)
        for unit in units where abs(value) >= unit.size {
            let scaled = value / unit.size
            let places = abs(scaled) >= 100 ? 0 : abs(scaled) >= 10 ? 1 : 2
            return "\(decimal(scaled, places: places)) \(unit.name)"
        }
        return "\(nanoseconds) ns"
    }

    /// Seconds without unit, such as `12.345`; digits beyond the last place are cut off.
    static func seconds(_ instant: Instant, places: Int = 3) -> String {
        let magnitude = instant.nanoseconds.magnitude
        let fraction = String(1_000_000_000 + magnitude % 1_000_000_000).dropFirst().prefix(places)
        return "\(instant.nanoseconds < 0 ? "−" : "")\(magnitude / 1_000_000_000).\(fraction)"
    }

    /// A number with a fixed count of decimals; no locale takes part.
    static func decimal(_ value: Double, places: Int) -> String {
        var scale = 1
        for _ in 0..<places { scale *= 10 }
        let scaled = Int((abs(value) * Double(scale)).rounded())
        let sign = value < 0 && scaled > 0 ? "−" : ""
        guard places > 0 else { return sign + count(scaled) }
        let fraction = String(scale + scaled % scale).dropFirst()
        return "\(sign)\(count(scaled / scale)).\(fraction)"
    }

    /// A key or text as the history shows it, without the quotes around a plain text.
    static func plain(_ value: Value) -> String {
        if case .text(let text) = value { return text }
        return value.description
    }

    /// What an operation did, as a person writes it: `write 7`, `read → nil`, `cas 7 → 9`,
    /// `txn [r x 1] [w y 2]`.
    static func action(of operation: Operation) -> String {
        let name = operation.function.rawValue
        if operation.function == .cas, case .list(let pair) = operation.input, pair.count == 2 {
            let found = operation.found.map { ", found \($0)" } ?? ""
            return "\(name) \(pair[0]) → \(pair[1])\(found)"
        }
        let isKnown = operation.outcome == .ok && operation.output != .null
        if operation.function == "txn",
            let parts = (isKnown ? operation.output : operation.input).transaction
        {
            return "\(name) \(parts)"
        }
        let returned = operation.outcome == .ok && operation.output != operation.input
        switch (operation.input, returned) {
        case (.null, true): return "\(name) → \(operation.output)"
        case (.null, false):
            let read = operation.function == .read && operation.outcome == .ok
            return read ? "\(name) → nil" : name
        case (let input, true) where operation.output != .null:
            return "\(name) \(input) → \(operation.output)"
        case (let input, _): return "\(name) \(input)"
        }
    }

    /// A command line with each argument quoted as a shell needs it.
    static func command(_ arguments: [String]) -> [String] { arguments.map(ShellWords.quoted) }
}
