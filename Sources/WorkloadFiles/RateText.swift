/// Rates as people write them: `500` operations a second, or `unlimited`.
public struct RateText: Hashable, Sendable {
    /// What is expected, for messages.
    public static let hint = "operations a second from 0.001 on, such as 500, or \"unlimited\""

    /// Operations a second; nil for as many as there can be.
    public var value: Double?

    /// Reads a rate; nil if it is none.
    public static func parse(_ text: String) -> RateText? {
        if text == "unlimited" { return RateText(value: nil) }
        guard let number = Double(text), (0.001...1e9).contains(number) else { return nil }
        return RateText(value: number)
    }

    /// Writes a rate.
    public static func format(_ rate: Double?) -> String {
        guard let rate else { return "unlimited" }
        return rate == rate.rounded() && rate < 1e15 ? String(Int(rate)) : String(rate)
    }
}
