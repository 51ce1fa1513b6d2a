/// What an event says that can't be, until it is known whether that matters.
///
/// A nemesis may say anything, and of failures and unknown outcomes the value is ignored; the
/// process and the type of an event may come after what is wrong.
struct EventMistakes {
    private var ofValue: HistoryFormatError?
    private var ofOthers: HistoryFormatError?

    /// Keeps what is wrong with a field.
    ///
    /// - Throws: that at once if it matters whatever else the event says.
    mutating func note(
        _ error: HistoryFormatError, in field: EventField?, of fields: EventFields
    ) throws(HistoryFormatError) {
        guard field != .process else { throw error }
        guard field != .value else {
            guard fields.process == nil || !fields.hasValueThatCounts else { throw error }
            ofValue = ofValue ?? error
            return
        }
        guard fields.process == nil else { throw error }
        ofOthers = ofOthers ?? error
    }

    /// Forgets what is wrong with an event of which everything was read.
    ///
    /// - Throws: that if it matters.
    @inline(__always)
    mutating func settle(_ fields: EventFields) throws(HistoryFormatError) {
        guard ofValue != nil || ofOthers != nil else { return }
        defer { self = EventMistakes() }
        guard !fields.hasProcess || fields.process != nil else { return }
        if let ofOthers { throw ofOthers }
        if let ofValue, fields.type == nil || fields.hasValueThatCounts { throw ofValue }
    }
}

extension EventFields {
    /// Whether the type is known, and one of which the value is not ignored.
    fileprivate var hasValueThatCounts: Bool { type == .invoke || type == .ok }
}
