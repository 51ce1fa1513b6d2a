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
            let measures = result.measures.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
            let text = result.verdict == .valid ? measures : result.reasons.joined(separator: " ")
            paragraph(text, first: "  \(name)  \(word)", indent: width + 13)
        }
    }

    mutating func counterexamples(_ figures: RunFigures) {
        for (_, example) in figures.counterexamples.prefix(1) {
            lines.append("")
            let key = example.key.map { " on key \(oneLine($0))" } ?? ""
            lines.append("  \(styled("Counterexample\(key)", .bold))")
            for participant in example.participants.prefix(6) {
                let call = Display.seconds(participant.callTime, places: 6)
                let end = participant.return == nil ? nil : participant.returnTime
                let until = end.map { Display.seconds($0, places: 6) + " s" } ?? "…"
                let time = figures.isTimed ? "  \(call) – \(until)" : ""
                let node = participant.node.map { " at \($0)" } ?? ""
                let action = padded(String(oneLine(participant.action).prefix(30)), 20)
                let text = "\(action)  process \(participant.process)\(node)\(time)"
                lines.append("    \(styled(participant.label, .bold))  \(text)")
            }
            for (position, step) in example.steps.prefix(6).enumerated() {
                paragraph(step, first: "    \(position + 1). ", indent: 7, linesMax: 2)
            }
        }
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
