/// How a history is written down in a file.
public enum HistoryFormat: String, Hashable, Sendable, CaseIterable {
    /// One JSON object a line; lines that begin with `#` are comments.
    case jsonLines = "json-lines"
    /// Clojure's notation: a vector or list of maps, or one map after the other.
    case edn
    /// The log of a Jepsen run: lines with `jepsen.util - PROCESS :TYPE :FUNCTION VALUE`; or its
    /// `history.txt`, which has nothing else in it.
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
                // What is in the braces may come with the next piece.
                guard let byte = cursor.peek() else { return nil }
                return byte == .quote ? .jsonLines : .edn
            case .hash:
                if cursor.startsTaggedForm { return .edn }
                cursor.skipLine()
            default:
                return cursor.startsOperation || cursor.skip(past: JepsenLogReader.marker)
                    ? .jepsenLog : nil
            }
        }
        return nil
    }
}

extension HistoryFormat {
    /// Tells the format by the beginning of a text, if it is not known, and reads as much of it as is
    /// needed for that; from then on what must be text is checked to be.
    static func detect(_ cursor: inout ByteCursor, _ known: HistoryFormat?) -> HistoryFormat? {
        var format = known ?? detect(cursor.bytes)
        if format == nil || format == .jepsenLog {
            // Anything may stand in front of the first operation of a log.
            cursor.readAhead(HistoryLimits.eventBytesMax)
            format = known ?? detect(cursor.bytes)
        }
        // In a log only what is read of it must be text; a system under test may have cluttered it.
        if let format, format != .jepsenLog { cursor.requireText() }
        return format
    }
}

extension ByteCursor {
    /// Whether here is a line of `history.txt`: a process and, behind a gap, a keyword.
    fileprivate var startsOperation: Bool {
        var ahead = self
        if ahead.skip(.colon) {
            while let byte = ahead.peek(), !byte.endsToken { ahead.skip() }
        } else if ahead.integer() == nil {
            return false
        }
        guard ahead.peek() == .tab || ahead.peek() == .space else { return false }
        while ahead.peek() == .tab || ahead.peek() == .space { ahead.skip() }
        return ahead.peek() == .colon
    }

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
