/// How numbers and words stand in the pictures that are made here.
enum SVGText {
    /// A coordinate to a tenth of a unit.
    static func number(_ coordinate: Double) -> String {
        let tenths = Int((coordinate * 10).rounded())
        let text = "\(abs(tenths) / 10)" + (tenths % 10 == 0 ? "" : ".\(abs(tenths) % 10)")
        return tenths < 0 ? "-\(text)" : text
    }

    /// A text that can neither end an attribute nor begin an element.
    static func escape(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "&": escaped += "&amp;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
