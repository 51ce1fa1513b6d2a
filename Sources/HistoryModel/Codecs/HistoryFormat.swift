/// How a history is written down in a file.
public enum HistoryFormat: String, Hashable, Sendable, CaseIterable {
    /// One JSON object a line; lines that begin with `#` are comments.
    case jsonLines = "json-lines"
    /// Clojure's notation: a vector or list of maps, or one map after the other.
    case edn
    /// The log of a Jepsen run: lines with `jepsen.util - PROCESS :TYPE :FUNCTION VALUE`.
    case jepsenLog = "jepsen-log"

    /// Tells the format by the first thing that stands in the file; nil if it is none of them.
    public static func detect(_ bytes: [UInt8]) -> HistoryFormat? {
        var cursor = ByteCursor(bytes)
        cursor.skipByteOrderMark()
        while let byte = cursor.peek() {
            switch byte {
            case .space, .tab, .newline, .carriageReturn, .comma:
                cursor.skip()
            case .semicolon, .openBracket, .openParenthesis:
                return .edn
            case .openBrace:
                cursor.skip()
                cursor.skipBlanks()
                return cursor.peek() == .quote ? .jsonLines : .edn
            case .hash:
                if cursor.startsTaggedForm { return .edn }
                cursor.skipLine()
            default:
                return cursor.skip(past: JepsenLogReader.marker) ? .jepsenLog : nil
            }
        }
        return nil
    }
}

extension ByteCursor {
    /// Whether a `#` is followed by what begins a form in EDN, rather than by a comment.
    fileprivate var startsTaggedForm: Bool {
        var ahead = self
        ahead.skip()
        if ahead.peek() == .underscore { return true }
        while let byte = ahead.peek(), byte.isLetter || byte == .dot || byte == .minus {
            ahead.skip()
        }
        return ahead.peek() == .openBrace
    }
}
