internal import Checkers
internal import HistoryModel

/// A history from elsewhere as it is judged, and what to say of it beside the verdict.
struct ImportedHistory {
    /// What it is taken for.
    struct Reading {
        var model: ObjectModel
        /// What takes the place of linearizability, if anything.
        var checker: (any HistoryChecker)?
        /// What objects hold at first, if that was said.
        var initial: Value?
        /// Whether values were read as pairs of an independent key and the value proper.
        var isKeyed: Bool

        /// The operations that are known, and what their completions say.
        var completions: CompletionRules { checker?.completions ?? model.completions }
        var name: String { checker?.name ?? model.name }
    }

    let reading: Reading
    /// What is judged, with sentences about what was left out.
    let record: RunRecord
    private let valueless: [Function]

    /// Brings a history into the form that checkers want.
    ///
    /// - Throws: `HistoryError` if a completion contradicts its invocation, unless such are left out.
    init(
        _ content: HistoryFile.Content, as reading: Reading, isLenient: Bool
    ) throws(HistoryError) {
        self.reading = reading
        let normalised = try content.history.normalised(
            by: reading.completions, isLenient: isLenient)
        var notices = content.notices
        if normalised.contradicted > 0 {
            let what = PluralText.count(
                normalised.contradicted, "completion names", "completions name")
            notices.append(
                "\(what) another value than was asked for and counts as unknown (--lenient)")
        }
        record = RunRecord(history: normalised.history, notices: notices)
        valueless = normalised.valueless
    }

    /// What judges it; a checker that says why nothing can be judged where the file was not read as
    /// it was meant.
    var checker: (any HistoryChecker)? {
        guard !reading.isKeyed, ForgottenKeys.areLikely(in: record.history, reading.completions)
        else { return reading.checker }
        return UndecidedChecker(
            name: reading.checker?.name ?? LinearizabilityChecker.name,
            reason: "Every value is a pair and reads are invoked with [key nil], as in histories "
                + "of independent keys: read it with --keyed")
    }

    /// The conclusions with what follows from where the history comes from.
    func advised(_ judged: RunRecord) -> RunRecord {
        var judged = judged
        guard judged.results.first?.verdict != .valid else { return judged }
        if let hint = unknownFunctions ?? otherModels(judged) { judged.notices.append(hint) }
        guard judged.results.first?.verdict == .invalid else { return judged }
        guard valueless.isEmpty else {
            judged.results[0].retract(
                because: "Nobody knows the value of some operations (\(names(valueless))) that got "
                    + "none, or another, from their completions: what contradicts the rest may be "
                    + "theirs")
            return judged
        }
        if let hint = unwrittenValue { judged.notices.append(hint) }
        return judged
    }

    private func names(_ functions: [Function]) -> String {
        functions.map(\.rawValue).joined(separator: ", ")
    }
}

// MARK: - Another model

extension ImportedHistory {
    /// Which models and checkers know what this one does not.
    private var unknownFunctions: String? {
        guard reading.checker?.takesAnyFunction != true else { return nil }
        let seen = functions
        let unknown = seen.filter { !reading.completions.functions.contains($0) }
        guard !unknown.isEmpty else { return nil }
        let models = ObjectModel.all.filter { $0.completions.know(seen) }.map(\.name)
        let checkers = HistoryCheckers.all.filter { $0.completions.know(seen) }.map(\.name)
        let fitting = models.map { "--model \($0)" } + checkers.map { "--checker \($0)" }
        return "\(reading.name) does not know \(names(unknown)); "
            + (fitting.isEmpty
                ? "nothing that --model or --checker can name knows all of \(names(seen))"
                : "all of \(names(seen)) are known to \(fitting.joined(separator: ", "))")
    }

    /// Which models know the same functions, where the values are none of this one's.
    private func otherModels(_ judged: RunRecord) -> String? {
        let isStrange = judged.results.first.map { result in
            result.verdict == .unknown
                && result.reasons.contains { $0.contains(ObjectModel.isNoOperation) }
        }
        let seen = functions
        let others = ObjectModel.all.filter {
            $0.name != reading.name && $0.completions.know(seen)
        }
        guard isStrange ?? false, !others.isEmpty else { return nil }
        return "The values are none of a \(reading.name); \(names(seen)) are known to "
            + others.map { "--model \($0.name)" }.joined(separator: ", ") + " as well"
    }

    /// The functions that clients called, in the order of their names.
    private var functions: [Function] {
        var seen: [Function] = []
        // A handful of names: a search beats hashing them.
        for event in record.history.events where !seen.contains(event.function) {
            seen.append(event.function)
        }
        return seen.sorted { $0.rawValue < $1.rawValue }
    }
}

extension CompletionRules {
    /// Whether all of these functions are among those that are listed.
    fileprivate func know(_ functions: [Function]) -> Bool {
        functions.allSatisfy { rule(of: $0) != nil }
    }
}

// MARK: - Another beginning

extension ImportedHistory {
    /// What to try where the first that was found had been put there by nobody.
    private var unwrittenValue: String? {
        guard reading.checker == nil, reading.initial == nil,
            let found = UnwrittenValue(record.history, of: reading.model)
        else { return nil }
        let initial = found.initial.edn.replacing("'", with: "'\\''")
        return "The \(found.function.rawValue) at event \(found.index) found "
            + "\(found.value.abridgedText), which nobody had put there; if every object began with "
            + "that, say --initial '\(initial)'"
    }
}

extension Value {
    /// The value as a person reads it, cut if it is long.
    fileprivate var abridgedText: String {
        let text = description
        return text.count > 40 ? "\(text.prefix(40))…" : text
    }
}

extension CheckerResult {
    /// Takes an accusation back that rests on what is not known.
    fileprivate mutating func retract(because reason: String) {
        verdict = .unknown
        kind = nil
        counterexample = nil
        findings = []
        reasons = [reason] + reasons
    }
}
