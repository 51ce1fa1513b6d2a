/// A history that cannot be one, with the place in the file that it was read from.
public struct LocatedHistoryError: Error, Hashable, CustomStringConvertible {
    /// What is wrong.
    public let error: HistoryError
    /// The line of the event, from 1.
    public let line: Int
    /// The byte within the line where the event begins, from 1.
    public let column: Int
    /// How many operations had begun before that.
    public let operationsBefore: Int

    /// Looks up the place in the file's content; nil if the event does not stand there.
    ///
    /// The content is read once more; a history without mistakes keeps no places.
    /// - Parameters:
    ///   - error: What is wrong with the history of the file.
    ///   - text: The content of the file.
    ///   - format: Its format; nil to tell it by the content.
    ///   - keyedTuples: As for ``DecodedHistory``.
    /// - Complexity: O(n).
    public init?(
        _ error: HistoryError, in text: StreamedText, format: HistoryFormat? = nil,
        keyedTuples: Bool = false
    ) {
        var collector = EventCollector(keyedTuples: keyedTuples, wanted: error.index)
        var cursor = ByteCursor(text)
        // What was read before can be read again; if not, there is no place to tell.
        guard let format = HistoryFormat.detect(&cursor, format),
            (try? DecodedHistory.readEvents(cursor, format, into: &collector)) != nil,
            let place = collector.wantedPlace
        else { return nil }
        self.error = error
        line = place.line
        column = place.column
        operationsBefore = place.operationsBefore
    }

    /// All of it in one sentence.
    public var description: String {
        "line \(line), column \(column): \(error) (operations read before: \(operationsBefore))"
    }
}
