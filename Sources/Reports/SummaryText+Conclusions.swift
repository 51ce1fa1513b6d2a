import HistoryModel

extension SummaryText {
    /// What each checker concluded, and why.
    mutating func checkers(_ record: RunRecord) {
        guard !record.results.isEmpty else { return }
        lines.append("")
        let width = record.results.map(\.checker.count).max() ?? 0
        for result in record.results {
            let name = padded(oneLine(result.checker), width)
            let word = styled(padded(result.verdict.rawValue, 9), style(of: result.verdict))
            let text =
                result.verdict == .valid
                ? Self.words(for: result.measures) : result.reasons.joined(separator: " ")
            // What was measured is short and worth reading to its end; stories stand in the report.
            paragraph(
                text, first: "  \(name)  \(word)", indent: width + 13,
                linesMax: result.verdict == .valid ? 9 : 3)
        }
    }

    /// Measures in one line; what several names in a row begin with up to a comma is said once.
    private static func words(for measures: [CheckerResult.Measure]) -> String {
        var theme: Substring = ""
        let words = measures.map { measure in
            let parts = measure.name.split(separator: ",", maxSplits: 1)
            let isMore = parts.count == 2 && parts[0] == theme
            theme = parts.count == 2 ? parts[0] : ""
            return (isMore ? parts[1].drop { $0 == " " } : measure.name[...]) + " \(measure.value)"
        }
        return words.joined(separator: "; ")
    }

    mutating func counterexamples(_ figures: RunFigures) {
        for (_, example) in figures.counterexamples.prefix(1) {
            lines.append("")
            let object = [
                example.key.map { "key \(oneLine($0))" },
                example.element.map { "element \(oneLine($0))" },
            ].compactMap(\.self).joined(separator: ", ")
            let title = "Counterexample" + (object.isEmpty ? "" : " on \(object)")
            lines.append("  \(styled(title, .bold))")
            let hidden = Self.hidden(of: example.participants.count, atMost: 12)
            for (place, participant) in example.participants.enumerated() {
                guard !hidden.contains(place) else {
                    if place == hidden.lowerBound {
                        lines.append("       … \(hidden.count) more …")
                    }
                    continue
                }
                let call = Display.seconds(participant.callTime, places: 6)
                let end = participant.return == nil ? nil : participant.returnTime
                let until = end.map { Display.seconds($0, places: 6) + " s" } ?? "…"
                let time = figures.isTimed ? "  \(call) – \(until)" : ""
                let node = participant.node.map { " at \($0)" } ?? ""
                let action = padded(Self.abridged(oneLine(participant.action)), 20)
                let text = "\(action)  process \(participant.process)\(node)\(time)"
                lines.append("    \(styled(oneLine(participant.label), .bold))  \(text)")
            }
            explanation(example.steps)
        }
    }

    /// The steps of a story: of a long one the beginning and the end, which says what is impossible.
    private mutating func explanation(_ steps: [String]) {
        let hidden = Self.hidden(of: steps.count, atMost: 7)
        for (position, step) in steps.enumerated() where !hidden.contains(position) {
            if position == hidden.upperBound, !hidden.isEmpty {
                lines.append("       … \(hidden.count) more …")
            }
            paragraph(
                step, first: "    \(position + 1). ", indent: 7,
                linesMax: position == steps.count - 1 ? 6 : 3)
        }
    }

    /// The middle of so many things, if they are too many to be shown.
    private static func hidden(of count: Int, atMost most: Int) -> Range<Int> {
        count > most ? most / 2..<(count - most / 2) : 0..<0
    }

    /// What was done, so short that it fits its column: what it began and ended with.
    private static func abridged(_ action: String) -> String {
        action.count <= 40 ? action : action.prefix(18) + " … " + action.suffix(18)
    }

    mutating func closing(_ record: RunRecord, reportPath: String?, databasePath: String?) {
        lines.append("")
        // Paths and commands are never broken or shortened: they are there to be copied.
        if let reportPath { fact("report", reportPath) }
        if let databasePath { fact("run file", databasePath) }
        guard let command = record.metadata?.command, !command.isEmpty else { return }
        var line = ""
        var parts: [String] = []
        for argument in Display.command(command) {
            if !line.isEmpty, line.count + argument.count > ConsoleSummary.columnsMax - 20 {
                parts.append(line + " \\")
                line = " "
            }
            line += (line.isEmpty ? "" : " ") + argument
        }
        parts.append(line)
        for (position, part) in parts.enumerated() { fact(position == 0 ? "repeat" : "", part) }
    }
}
