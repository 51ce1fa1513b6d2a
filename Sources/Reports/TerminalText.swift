/// Text on its way to a terminal.
public enum TerminalText {
    /// The text with control characters as escapes such as `\u001b`, as histories have them, and
    /// ends of lines as they are.
    ///
    /// A history may hold anything; left as it is, it could move the cursor, colour what follows, or show
    /// letters in another order than they have. A JSON text means the same afterwards: such characters
    /// stand in its strings only.
    public static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isCommand) else { return text }
        return text.unicodeScalars.map { isCommand($0) ? escape($0) : String($0) }.joined()
    }

    /// Whether a terminal may take a character for more than an end of line.
    private static func isCommand(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control: scalar != "\n"
        case .lineSeparator, .paragraphSeparator: true
        default: scalar.properties.isBidiControl
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
