/// Texts of which only a part is held: what was read is forgotten, the rest has not come yet.
extension ByteCursor {
    /// How much is read at a time, at least.
    private static let pieceBytes = 1 << 20

    /// Places the cursor at the start of a text, and reads its first piece.
    init(_ text: StreamedText) {
        self.init([UInt8]())
        rest = text
        addPiece()
    }

    /// Whether something may come behind the bytes that are here.
    var hasMore: Bool { rest != nil }

    /// Whether what went wrong here may do so only because the bytes end.
    ///
    /// Of what a message shows of a place, which is never behind the cursor, nothing may be missing.
    var isNearEnd: Bool { position + Self.shownMax >= bytes.count }

    /// From now on all bytes must be text: the first that is not ends the text, and ``nonText``
    /// says where.
    mutating func requireText() {
        textEnd = 0
        checkText()
    }

    /// Goes back to a place, forgets what lies before it, and reads more behind what is here.
    ///
    /// - Parameter start: Where an event begins that does not end here.
    /// - Throws: ``HistoryFormatError`` if the event is longer than any may be.
    mutating func readMore(from start: Int) throws(HistoryFormatError) {
        guard bytes.count - start < HistoryLimits.eventBytesMax else {
            var mistake = error(
                expected: "an event or a line of at most \(HistoryLimits.eventBytesMax >> 20) MiB",
                at: start)
            mistake.found = "a longer one, beginning with " + mistake.found
            throw mistake
        }
        forget(before: start)
        position = 0
        // Twice as much each time: the event is read again from its start, and a pipe gives little.
        let wanted = 2 * bytes.count
        repeat { addPiece() } while hasMore && bytes.count < wanted
    }

    /// Reads on until so much is here, or all.
    mutating func readAhead(_ count: Int) {
        while hasMore, bytes.count < count { addPiece() }
    }

    private mutating func forget(before start: Int) {
        guard start > 0 else { return }
        let gone = bytes[..<start]
        let lines = gone.count { $0 == .newline }
        forgottenLines += lines
        if let last = lines > 0 ? gone.lastIndex(of: .newline) : nil {
            forgottenColumns = start - last - 1
        } else {
            forgottenColumns += start
        }
        bytes.removeSubrange(..<start)
        textEnd = textEnd.map { max(0, $0 - start) }
    }

    private mutating func addPiece() {
        guard let text = rest else { return }
        let piece = text.piece(of: max(Self.pieceBytes, bytes.count))
        if piece.isEmpty { rest = nil } else { bytes.append(contentsOf: piece) }
        checkText()
    }

    /// Cuts the text off at the first byte that belongs to no character, if it must have none.
    private mutating func checkText() {
        guard let start = textEnd else { return }
        guard let place = firstNonText(in: start..<bytes.count) else {
            textEnd = bytes.count
            return
        }
        textEnd = place
        // The rest of the character may come with the next piece.
        if hasMore, bytes.count - place < 4 { return }
        nonText = noText(at: place)
        bytes.removeSubrange(place...)
        rest = nil
        textEnd = nil
    }
}
