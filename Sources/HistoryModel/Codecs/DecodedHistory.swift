/// A history read from a file.
public struct DecodedHistory: Hashable, Sendable {
    /// What the clients did.
    public var history: History
    /// The format that the file was in.
    public var format: HistoryFormat
    /// How many events were left out because no client did them, such as those of a nemesis.
    public var skipped: Int
    /// How many events are of nodes with other names than `n1`, `n2` and so on, which are not kept.
    public var otherNodes: Int
    /// The first of these names.
    public var otherNode: String

    /// Reads a history.
    ///
    /// Events are numbered as in the file, or by their place in it if it does not number them.
    /// - Parameters:
    ///   - bytes: The content of the file.
    ///   - format: Its format; nil to tell it by the content.
    ///   - keyedTuples: Whether values are pairs of an independent key and the value proper, as in
    ///     Jepsen's independent workloads; by its looks such a pair can't be told from a
    ///     compare-and-set.
    /// - Throws: ``HistoryFormatError`` at the first place that makes no sense.
    /// - Complexity: O(n).
    public init(
        _ bytes: [UInt8], format: HistoryFormat? = nil, keyedTuples: Bool = false
    ) throws(HistoryFormatError) {
        guard let format = format ?? HistoryFormat.detect(bytes) else {
            throw ByteCursor(bytes).error(
                expected: "a history as JSON lines, EDN or Jepsen's log lines")
        }
        var collector = EventCollector(keyedTuples: keyedTuples)
        do {
            try Self.read(bytes, format, into: &collector)
        } catch {
            var error = error
            error.operationsBefore = collector.operations
            throw error
        }
        history = History(events: collector.events)
        self.format = format
        skipped = collector.skipped
        otherNodes = collector.otherNodes.count
        otherNode = collector.otherNodes.example
    }

    private static func read(
        _ bytes: [UInt8], _ format: HistoryFormat, into collector: inout EventCollector
    ) throws(HistoryFormatError) {
        // In a log only what is read of it must be text; a system under test may have cluttered it.
        let cursor = ByteCursor(bytes)
        if format != .jepsenLog, let place = cursor.firstNonText(in: bytes.indices) {
            // Only to know how many operations stand before it, mostly up to the middle of one.
            do { try readEvents(Array(bytes[..<place]), format, into: &collector) } catch {}
            throw cursor.noText(at: place)
        }
        try readEvents(bytes, format, into: &collector)
    }

    static func readEvents(
        _ bytes: [UInt8], _ format: HistoryFormat, into collector: inout EventCollector
    ) throws(HistoryFormatError) {
        switch format {
        case .jsonLines:
            var reader = JSONLinesReader(bytes)
            try reader.readEvents(into: &collector)
        case .edn:
            var reader = EDNReader(bytes)
            try reader.readEvents(into: &collector)
        case .jepsenLog:
            var reader = JepsenLogReader(bytes)
            try reader.readEvents(into: &collector)
        }
    }
}

extension Value {
    /// Reads a value in Clojure's notation, such as `7`, `"text"`, `nil` or `[1 2]`.
    ///
    /// - Throws: ``HistoryFormatError`` at the first place that makes no sense.
    public init(edn text: String) throws(HistoryFormatError) {
        var reader = EDNReader(Array(text.utf8))
        self = try reader.value()
        try reader.skipSpace()
        guard reader.cursor.isAtEnd else {
            throw reader.cursor.error(expected: "nothing behind the value")
        }
    }
}
