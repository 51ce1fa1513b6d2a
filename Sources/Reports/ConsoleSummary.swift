public import HistoryModel

/// What a run found, as a text for a terminal or the log of a CI job.
public enum ConsoleSummary {
    static let columnsMax = 100
    static let linesMax = 40

    /// The summary of a run: the verdict first, then the evidence, then where to read on.
    ///
    /// - Parameters:
    ///   - record: The run; every part but the history may be missing.
    ///   - reportPath: Where its page is, if there is one.
    ///   - databasePath: Where its run file is, if there is one.
    ///   - colour: Whether the text may contain escape sequences for a terminal.
    /// - Returns: At most 40 lines of at most 100 columns, the last with a line end.
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    public static func render(
        _ record: RunRecord, reportPath: String? = nil, databasePath: String? = nil, colour: Bool
    ) throws(HistoryError) -> String {
        let figures = try RunFigures(record)
        var verdict = SummaryText(colour: colour)
        verdict.headline(record.verdict, title: record.metadata?.id ?? "imported history")
        verdict.paragraph(VerdictSentence.text(for: figures), indent: 2, linesMax: 4)
        var evidence = SummaryText(colour: colour)
        evidence.evidence(figures)
        var conclusions = SummaryText(colour: colour)
        conclusions.checkers(record)
        conclusions.counterexamples(figures)
        var closing = SummaryText(colour: colour)
        closing.closing(record, reportPath: reportPath, databasePath: databasePath)
        // The frame stays whole; what grows with the run gives way.
        let room = linesMax - verdict.lines.count - closing.lines.count
        let middle = evidence.lines + conclusions.lines
        let more = "  … more in the report"
        let shown = middle.count <= room ? middle : middle.prefix(room - 2) + [more, ""]
        let lines = (verdict.lines + shown + closing.lines).map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
