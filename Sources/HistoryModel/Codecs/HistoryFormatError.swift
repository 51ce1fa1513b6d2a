/// Where a file stops being a history, and what should have been there.
public struct HistoryFormatError: Error, Hashable, CustomStringConvertible {
    /// The line, from 1.
    public var line: Int
    /// The byte within the line, from 1.
    public var column: Int
    /// What could have stood there.
    public var expected: String
    /// What stands there instead.
    public var found: String

    /// How many operations had begun before that.
    public var operationsBefore = 0

    /// All of it in one sentence.
    public var description: String {
        "line \(line), column \(column): expected \(expected), found \(found) "
            + "(operations read before: \(operationsBefore))"
    }
}
