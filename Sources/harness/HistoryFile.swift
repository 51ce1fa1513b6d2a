internal import Files
internal import Foundation
internal import HistoryModel
internal import Runner

/// A history that something else recorded.
struct HistoryFile {
    /// Where it is: a file, plain or gzip, or `-` for standard input.
    var path: String
    /// Its format; nil to tell it by the content.
    var format: HistoryFormat?
    /// Whether values are pairs of an independent key and the value proper.
    var keyedTuples = false
    /// Whether events that make no sense are left out, and not an error.
    var isLenient = false

    /// What was read.
    struct Content {
        var history: History
        /// The format that it was in.
        var format = HistoryFormat.edn
        /// Sentences about what was left out of it.
        var notices: [String] = []
        /// Where it was read from, to look up the place of a mistake.
        fileprivate var source: HistorySource
    }

    /// Reads it.
    ///
    /// - Throws: `HistoryFormatError` with line and column for a file that makes no sense.
    func read() throws -> Content {
        let source = try HistorySource(path)
        let decoded = try source.read { text in
            try DecodedHistory(
                text, format: format, keyedTuples: keyedTuples, holding: AddressSpace.held)
        }
        var content = Content(
            history: decoded.history, format: decoded.format, source: source)
        if decoded.skipped > 0 {
            content.notices.append(
                PluralText.count(decoded.skipped, "event is", "events are")
                    + " of no client and \(decoded.skipped == 1 ? "was" : "were") left out")
        }
        if decoded.otherNodes > 0 {
            content.notices.append(
                PluralText.count(decoded.otherNodes, "event is", "events are")
                    + " of nodes that are not called n1, n2 and so on, such as "
                    + "\(decoded.otherNode); their names are not kept")
        }
        guard isLenient else { return content }
        let repaired = decoded.history.repaired()
        if repaired.dropped > 0 {
            let what = PluralText.count(repaired.dropped, "event makes", "events make")
            let were = repaired.dropped == 1 ? "was" : "were"
            content.notices.append("\(what) no sense and \(were) left out (--lenient)")
        }
        content.history = repaired.history
        return content
    }

    /// The same mistake in the history that was read from here, with its place if it can be found.
    func located(_ error: HistoryError, in content: Content) -> any Error {
        do {
            return try content.source.read { text in
                LocatedHistoryError(error, in: text, format: format, keyedTuples: keyedTuples)
            } ?? error
        } catch _ {
            // The file has gone since; what is wrong with it is known.
            return error
        }
    }
}

/// A compressed file that could not be unpacked.
struct DamagedArchive: Error, CustomStringConvertible {
    var path: String
    var status: Int32

    var description: String {
        "\(path) begins like a gzip file, but gzip can't unpack it (exit \(status)); is it complete?"
    }
}
