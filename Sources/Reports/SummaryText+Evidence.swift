import HistoryModel

extension SummaryText {
    /// What was done to the system, and what was done by the clients.
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
                figures.record.traces.lazy.compactMap(\.term).max().map { ", last term \($0)" }
                ?? ""
            fact("leader", Display.count(changes, "change") + term)
        }
        // Six kinds leave room for a counterexample.
        faults(figures.faults, kindsMax: figures.counterexamples.isEmpty ? 12 : 6)
        for notice in figures.record.notices.prefix(4) {
            paragraph(
                notice, first: "  \(styled(padded("note", Self.nameWidth), .yellow))", indent: 16)
        }
        if !figures.record.finished {
            fact("note", "operations that were open when the record ends are info")
        }
    }

    private mutating func faults(_ impacts: [FaultImpact], kindsMax: Int) {
        guard !impacts.isEmpty else { return fact("faults", "none injected") }
        let proven = impacts.filter(\.isProven).count
        let touched = impacts.filter { $0.fault.touched > 0 }.count
        let open = impacts.count(where: \.isOpen)
        fact(
            "faults",
            "\(Display.count(impacts.count)) injected, \(proven) proven, "
                + "\(touched) touched something"
                + (open > 0 ? ", \(open) still applied at the end" : "")
        )
        // What failed to work stands first: the list may be cut at its end.
        let isSound = { (impact: FaultImpact) in
            impact.isProven && (impact.isOpen || impact.fault.touched > 0)
        }
        let ordered = impacts.filter { !isSound($0) } + impacts.filter(isSound)
        var kinds: [String] = []
        for impact in ordered where !kinds.contains(impact.fault.kind) {
            kinds.append(impact.fault.kind)
        }
        let shown = kinds.prefix(kindsMax)
        let groups = shown.map { kind in impacts.filter { $0.fault.kind == kind } }
        let widths = (
            kind: min(28, shown.map(\.count).max() ?? 0),
            unit: groups.compactMap { $0.first?.fault.touchedUnit.count }.max() ?? 0,
            sum: groups.map { Display.count(Self.touched($0)).count }.max() ?? 0
        )
        let margin = String(repeating: " ", count: Self.nameWidth + 2)
        for (kind, group) in zip(shown, groups) {
            let name = padded(String(oneLine(kind).prefix(28)), widths.kind)
            let unit = padded(oneLine(group.first?.fault.touchedUnit ?? ""), widths.unit)
            // What a fault touches is counted when it ends.
            let isCounted = group.contains { !$0.isOpen }
            let sum = aligned(isCounted ? Display.count(Self.touched(group)) : "–", widths.sum)
            let times = group.count == 1 ? "    " : aligned("\(group.count) ×", 4)
            lines.append("\(margin)\(name) \(times)  \(unit)  \(sum)  \(effect(of: group))")
        }
        if kinds.count > kindsMax {
            let more = Display.count(kinds.count - kindsMax, "more kind")
            lines.append("\(margin)and \(more)")
        }
    }

    private static func touched(_ impacts: [FaultImpact]) -> Int {
        impacts.reduce(0) { $0 + $1.fault.touched }
    }

    private func effect(of group: [FaultImpact]) -> String {
        let seen = group.filter(\.isProven).count
        let isTried = group.contains { $0.fault.applied != .notTried }
        let proof =
            seen == group.count
            ? "proven"
            : styled(
                seen > 0
                    ? "\(seen) of \(group.count) proven" : isTried ? "not proven" : "not probed",
                .yellow)
        let over = group.filter { !$0.isOpen }
        let open = over.count < group.count ? ", not healed before the end" : ""
        let idle = !over.isEmpty && Self.touched(over) == 0
        return proof + open + (idle ? styled(", touched nothing", .yellow) : "")
    }
}
