import Epidemics
import HistoryModel

/// What the sections of a page draw from, counted once for all of them.
struct SectionContext {
    let figures: RunFigures
    let axis: TimeAxis
    /// What the page's script draws.
    let data: PageData
    /// How fast writes should spread, for a store that agrees in the end.
    let expected: SimpleEpidemic?
    /// The sentence below the verdict.
    let headline: String

    /// Counts a run.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    init(_ record: RunRecord, expected: SimpleEpidemic? = nil) throws(HistoryError) {
        figures = try RunFigures(record)
        axis = TimeAxis(figures)
        data = PageData(figures, axis: axis)
        headline = VerdictSentence.text(for: figures)
        self.expected = expected
    }

    var record: RunRecord { figures.record }

    /// What a person types to repeat the run; nil if that is not known.
    var command: String? {
        guard let arguments = record.metadata?.command, !arguments.isEmpty else { return nil }
        return Display.command(arguments).joined(separator: " ")
    }
}
