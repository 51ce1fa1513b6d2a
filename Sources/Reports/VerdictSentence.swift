import HistoryModel

/// One sentence that says why the verdict is what it is.
enum VerdictSentence {
    /// The sentence for a run.
    static func text(for figures: RunFigures) -> String {
        guard let shortfall = figures.record.shortfall else { return judged(figures) }
        // Of a run that was cut short nothing else needs to be said, unless it broke a promise.
        return figures.record.verdict == .invalid
            ? "\(judged(figures)) \(shortfall)"
            : "\(shortfall) What is certain in the record breaks no promise."
    }

    private static func judged(_ figures: RunFigures) -> String {
        let record = figures.record
        guard !record.results.isEmpty else { return "The history has not been judged." }
        let verdict = record.verdict
        let deciding = record.results.filter { $0.verdict == verdict }
        switch verdict {
        case .valid: return valid(figures)
        case .invalid:
            return deciding.lazy.compactMap { $0.counterexample?.summary }.first
                ?? deciding.lazy.compactMap(\.reasons.first).first
                ?? "A checker found the promise broken and gave no reason."
        case .unknown:
            return deciding.lazy.compactMap(\.reasons.first).first
                ?? "A checker could not decide and gave no reason."
        }
    }

    private static func valid(_ figures: RunFigures) -> String {
        let operations = Display.count(figures.operations.count, "operation")
        let checkers = figures.record.results.count
        let who =
            switch checkers {
            case 1: "The checker"
            case 2: "Both checkers"
            default: "All \(checkers) checkers"
            }
        let place = figures.keys > 0 ? " on \(Display.count(figures.keys, "key"))" : ""
        let injected = Display.count(figures.faults.count, "fault was", "faults were")
        let faults = figures.faults.isEmpty ? "no faults were" : injected
        return "\(who) found no contradiction in \(operations)\(place); \(faults) injected."
    }
}
