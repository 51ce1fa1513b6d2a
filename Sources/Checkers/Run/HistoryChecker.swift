public import HistoryModel

/// A way to judge a history for another promise than linearizability.
public protocol HistoryChecker: RunChecker {
    /// The operations that it looks at, and what their completions say.
    var completions: CompletionRules { get }
    /// Whether it judges any one function that changes nothing it knows of, not only those that
    /// ``completions`` names.
    var takesAnyFunction: Bool { get }

    /// Whether it knows what the operation means, by its function and the form of its values.
    func knows(_ operation: Operation) -> Bool

    /// Judges a history.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    func check(_ history: History) throws(HistoryError) -> CheckerResult
}

extension HistoryChecker {
    /// Judges what clients did in a run.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    public func judge(_ run: RunRecord) throws(HistoryError) -> CheckerResult? {
        try check(run.history)
    }

    /// Judges only the functions that it names.
    public var takesAnyFunction: Bool { false }

    /// The functions that it is meant for.
    var functions: [Function] { completions.functions }

    /// Takes every operation of a known function for one that it knows.
    public func knows(_ operation: Operation) -> Bool {
        completions.functions.contains(operation.function)
    }

    /// What an unknown operation did is unknown too: it may have brought, taken or replaced anything.
    ///
    /// - Returns: That nothing can be said, with the first operation of each function that is not
    ///   known; nil if all are. What failed did not happen.
    func resultIfStrange(_ operations: some Sequence<Operation>) -> CheckerResult? {
        var firsts: [Operation] = []
        var count = 0
        for operation in operations where operation.outcome != .fail && !knows(operation) {
            count += 1
            if !firsts.contains(where: { $0.function == operation.function }) {
                firsts.append(operation)
            }
        }
        guard count > 0 else { return nil }
        let vocabulary = Witnesses.list(functions.map(\.rawValue))
        return CheckerResult(
            checker: name, verdict: .unknown,
            reasons: firsts.map {
                "Undecided: event \($0.call) (\($0.action)) is none that \(name) can judge; "
                    + (functions.contains($0.function)
                        ? $0.isNotJudged : "it is meant for \(vocabulary)") + "."
            }.shortened(), measures: [.init("operations not known", "\(count)")])
    }
}

extension Sequence<Operation> {
    /// The operations by key, in the order of the keys; no key and the key null are the same.
    func groupedByKey() -> [(key: Value, operations: [Operation])] {
        Dictionary(grouping: self) { $0.key ?? .null }
            .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

extension Value {
    /// The beginning of a sentence about this key; empty for null, which is no key.
    var asTopic: String { self == .null ? "" : "key \(self): " }
}

/// The checkers that can be chosen by name.
public enum HistoryCheckers {
    /// All of them, by name.
    public static let all: [any HistoryChecker] = Checker.all.compactMap(\.history)

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
