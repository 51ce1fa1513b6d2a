import HistoryModel

/// The lines of a summary as they grow.
struct SummaryText {
    private enum Style: String {
        case bold = "1"
        case faint = "2"
        case red = "1;31"
        case green = "1;32"
        case yellow = "1;33"
    }

    private static let nameWidth = 14

    private(set) var lines: [String] = []
    private let colour: Bool

    init(colour: Bool) { self.colour = colour }

    private func styled(_ text: String, _ style: Style) -> String {
        colour ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    private func style(of verdict: Verdict) -> Style {
        switch verdict {
        case .valid: .green
        case .invalid: .red
        case .unknown: .yellow
        }
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func aligned(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    mutating func headline(_ verdict: Verdict, title: String) {
        let word = styled(verdict.rawValue.uppercased(), style(of: verdict))
        lines.append("\(word)  \(styled(oneLine(title), .faint))")
        lines.append("")
    }

    /// Adds text, broken between words into lines that fit.
    mutating func paragraph(
        _ text: String, first: String = "", indent: Int, linesMax: Int = 3
    ) {
        let width = ConsoleSummary.columnsMax - indent
        var broken: [String] = []
        var line = ""
        for word in oneLine(text).split(separator: " ") {
            let word = word.count > width ? word.prefix(width - 1) + "…" : word
            if !line.isEmpty, line.count + 1 + word.count > width {
                broken.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        broken.append(line)
        if broken.count > linesMax {
            broken = Array(broken.prefix(linesMax))
            broken[linesMax - 1] = String(broken[linesMax - 1].prefix(width - 2)) + " …"
        }
        let margin = String(repeating: " ", count: indent)
        for (position, line) in broken.enumerated() {
            lines.append((position == 0 && !first.isEmpty ? first : margin) + line)
        }
    }

    /// Text from a history may hold anything; control characters must not reach a terminal.
    private func oneLine(_ text: String) -> String {
        String(
            text.unicodeScalars.map { scalar in
                scalar.properties.generalCategory == .control ? " " : Character(scalar)
            })
    }

    private mutating func fact(_ name: String, _ value: String) {
        lines.append("  \(styled(padded(name, Self.nameWidth), .faint))\(value)")
    }

    mutating func evidence(_ figures: RunFigures) {
        lines.append("")
        let parts = [("ok", figures.ok), ("fail", figures.fail), ("info", figures.info)]
            .map { "\(Display.count($0.1)) \($0.0)" }
        fact(
            "operations",
            Display.count(figures.operations.count) + " = " + parts.joined(separator: " + "))
        if figures.isTimed {
            let free = Display.rate(figures.rateFaultFree)
            let under = Display.rate(figures.rateUnderFaults)
            let rates =
                figures.faults.isEmpty
                ? "\(Display.rate(figures.rate)) ok"
                : "\(free) ok without faults, \(under) under faults"
            fact("rate", rates)
        }
        let keys = figures.keys > 0 ? "\(Display.count(figures.keys, "key")), " : ""
        fact(
            "breadth",
            "\(keys)at most \(Display.count(figures.concurrencyMax, "operation")) at once")
        if let changes = figures.leaderChanges {
            let term =
                figures.record.traces.compactMap(\.term).max().map { ", last term \($0)" } ?? ""
            fact("leader", Display.count(changes, "change") + term)
        }
        // Six kinds leave room for a counterexample.
        faults(figures.faults, kindsMax: figures.counterexamples.isEmpty ? 12 : 6)
        for notice in figures.record.notices.prefix(4) {
            paragraph(
                notice, first: "  \(styled(padded("note", Self.nameWidth), .yellow))", indent: 16)
        }
        if !figures.record.finished {
            fact("note", "the run was cut short; open operations are info")
        }
    }

    private mutating func faults(_ impacts: [FaultImpact], kindsMax: Int) {
        guard !impacts.isEmpty else { return fact("faults", "none injected") }
        let proven = impacts.filter(\.isProven).count
        let touched = impacts.filter { $0.fault.touched > 0 }.count
        fact(
            "faults",
            "\(Display.count(impacts.count)) injected, \(proven) proven, \(touched) touched something"
        )
        // What failed to work stands first: the list may be cut at its end.
        let isSound = { (impact: FaultImpact) in impact.isProven && impact.fault.touched > 0 }
        let ordered = impacts.filter { !isSound($0) } + impacts.filter(isSound)
        var kinds: [String] = []
        for impact in ordered where !kinds.contains(impact.fault.kind) {
            kinds.append(impact.fault.kind)
        }
        let shown = kinds.prefix(kindsMax)
        let groups = shown.map { kind in impacts.filter { $0.fault.kind == kind } }
        let widths = (
            kind: min(24, shown.map(\.count).max() ?? 0),
            unit: groups.compactMap { $0.first?.fault.touchedUnit.count }.max() ?? 0,
            sum: groups.map { Display.count(Self.touched($0)).count }.max() ?? 0
        )
        let margin = String(repeating: " ", count: Self.nameWidth + 2)
        for (kind, group) in zip(shown, groups) {
            let name = padded(String(oneLine(kind).prefix(24)), widths.kind)
            let unit = padded(oneLine(group.first?.fault.touchedUnit ?? ""), widths.unit)
            let sum = aligned(Display.count(Self.touched(group)), widths.sum)
            let times = group.count == 1 ? "    " : aligned("\(group.count) ×", 4)
            lines.append("\(margin)\(name) \(times)  \(unit)  \(sum)  \(effect(of: group))")
        }
        if kinds.count > kindsMax {
            lines.append("\(margin)and \(kinds.count - kindsMax) more kinds")
        }
    }

    private static func touched(_ impacts: [FaultImpact]) -> Int {
        impacts.reduce(0) { $0 + $1.fault.touched }
    }

    private func effect(of group: [FaultImpact]) -> String {
        let seen = group.filter(\.isProven).count
        let proof =
            seen == group.count
            ? "proven"
            : styled(seen == 0 ? "not proven" : "\(seen) of \(group.count) proven", .yellow)
        return Self.touched(group) == 0 ? proof + styled(", touched nothing", .yellow) : proof
    }

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
