public import HistoryModel

/// A way to judge a history for another promise than linearizability.
public protocol HistoryChecker: Sendable {
    /// The name that the checker is chosen by.
    var name: String { get }
    /// What it looks at, for people.
    var summary: String { get }
    /// The operations that it looks at, and what their completions say.
    var completions: CompletionRules { get }

    /// Judges a history.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    func check(_ history: History) throws(HistoryError) -> CheckerResult
}

/// The checkers that can be chosen by name.
public enum HistoryCheckers {
    /// All of them.
    public static let all: [any HistoryChecker] = [
        SetFullChecker(), TotalQueueChecker(), UniqueIDsChecker(), SessionChecker(),
        StalenessChecker(),
    ]

    /// The checker of this name, if there is one.
    public static func named(_ name: String) -> (any HistoryChecker)? {
        all.first { $0.name == name }
    }
}

extension CheckerResult {
    /// Invalid if there are reasons, unknown if nothing was exercised, else valid.
    init(
        _ checker: some HistoryChecker, kind: String?, reasons: [String], exercised: Int,
        doubts: [String] = [], measures: [Measure],
        counterexample: @autoclosure () -> Counterexample? = nil
    ) {
        let verdict: Verdict =
            !reasons.isEmpty ? .invalid : exercised == 0 || !doubts.isEmpty ? .unknown : .valid
        let nothing = ["Nothing was done that \(checker.name) looks at."]
        self.init(
            checker: checker.name, verdict: verdict, kind: verdict == .invalid ? kind : nil,
            reasons: reasons + doubts + (exercised == 0 && reasons.isEmpty ? nothing : []),
            counterexample: verdict == .invalid ? counterexample() : nil, measures: measures)
    }
}

extension Sequence where Element == String {
    /// The first few, and how many more there are.
    func shortened(to count: Int = 10) -> [String] {
        let all = Array(self)
        guard all.count > count else { return all }
        return all.prefix(count) + ["… and \(all.count - count) more"]
    }
}
