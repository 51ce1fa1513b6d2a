import HistoryModel

extension History {
    /// A history written down as in Jepsen's logs, an event a line: `0 :invoke :read nil`.
    init(script: String) throws {
        let lines = script.split(separator: "\n").map { "jepsen.util - \($0)\n" }.joined()
        self = try DecodedHistory(Array(lines.utf8), format: .jepsenLog).history
    }
}
