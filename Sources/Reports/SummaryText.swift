import HistoryModel

/// The lines of a summary as they grow.
struct SummaryText {
    enum Style: String {
        case bold = "1"
        case faint = "2"
        case red = "1;31"
        case green = "1;32"
        case yellow = "1;33"
    }

    static let nameWidth = 14

    var lines: [String] = []
    private let colour: Bool

    init(colour: Bool) { self.colour = colour }

    func styled(_ text: String, _ style: Style) -> String {
        colour ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    func style(of verdict: Verdict) -> Style {
        switch verdict {
        case .valid: .green
        case .invalid: .red
        case .unknown: .yellow
        }
    }

    func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    func aligned(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    mutating func headline(_ verdict: Verdict, title: String) {
        let word = styled(verdict.rawValue.uppercased(), style(of: verdict))
        lines.append("\(word)  \(styled(oneLine(title), .faint))")
        lines.append("")
    }

    /// Adds text, broken between words into lines that fit.
    mutating func paragraph(
        _ text: String, first: String = "", indent: Int, linesMax: Int = 3
    ) {
        let width = ConsoleSummary.columnsMax - indent
        var broken: [String] = []
        var line = ""
        for word in oneLine(text).split(separator: " ") {
            let word = word.count > width ? word.prefix(width - 1) + "…" : word
            if !line.isEmpty, line.count + 1 + word.count > width {
                broken.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        broken.append(line)
        if broken.count > linesMax {
            broken = Array(broken.prefix(linesMax))
            broken[linesMax - 1] = String(broken[linesMax - 1].prefix(width - 2)) + " …"
        }
        let margin = String(repeating: " ", count: indent)
        for (position, line) in broken.enumerated() {
            lines.append((position == 0 && !first.isEmpty ? first : margin) + line)
        }
    }

    /// Text from a history may hold anything: its lines become one, and no control character
    /// reaches a terminal.
    func oneLine(_ text: String) -> String {
        let blank = String(
            text.unicodeScalars.map { ["\n", "\r", "\t"].contains($0) ? " " : Character($0) })
        return TerminalText.escaped(blank)
    }

    mutating func fact(_ name: String, _ value: String) {
        lines.append("  \(styled(padded(name, Self.nameWidth), .faint))\(oneLine(value))")
    }
}
