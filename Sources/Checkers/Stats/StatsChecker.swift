public import HistoryModel

/// Counts what the clients did, and says when a run proved nothing because too little succeeded.
public struct StatsChecker: Sendable {
    /// The checker's name in results.
    public static let name = "stats"
    /// Functions that succeed at times in any run that is worth judging; none for a history from
    /// elsewhere, of which it is enough that some outcome is known.
    public var mustSucceed: [Function]
    private var mustFind: Bool { !mustSucceed.isEmpty }

    /// Expects these functions to succeed at least once, if they are called at all.
    public init(mustSucceed: [Function] = [.read, .write]) {
        self.mustSucceed = mustSucceed
    }

    private struct Tally {
        var function: Function
        var ok = 0
        var fail = 0
        var info = 0
        var called: Int { ok + fail + info }
    }

    /// Counts the operations per function and outcome.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    public func check(_ history: History) throws(HistoryError) -> CheckerResult {
        let tallies = tally(try history.operations())
        var reasons: [String] = []
        if tallies.isEmpty {
            reasons.append("No operation was done: a run that exercised nothing proves nothing.")
        } else if tallies.allSatisfy({ $0.ok == 0 && (mustFind || $0.fail == 0) }) {
            reasons.append(
                mustFind
                    ? "No operation ever succeeded: such a run proves nothing."
                    : "No operation has a known outcome: such a history proves nothing.")
        }
        for tally in tallies where tally.ok == 0 && mustSucceed.contains(tally.function) {
            reasons.append(
                "No \(tally.function.rawValue) ever succeeded: of \(tally.called) called, "
                    + "\(tally.fail) failed and \(tally.info) are unknown.")
        }
        var measures = tallies.map { tally in
            CheckerResult.Measure(
                tally.function.rawValue,
                "\(tally.ok) ok, \(tally.fail) fail, \(tally.info) info")
        }
        for tally in tallies where tally.ok == 0 && !mustSucceed.contains(tally.function) {
            measures.append(.init("warning", "no \(tally.function.rawValue) ever succeeded"))
        }
        return CheckerResult(
            checker: Self.name, verdict: reasons.isEmpty ? .valid : .unknown, reasons: reasons,
            measures: measures)
    }

    /// One tally per function, in the order of their names.
    private func tally(_ operations: OperationList) -> [Tally] {
        var tallies = operations.functions.map { Tally(function: $0) }
        for operation in operations.packed {
            let place = Int(operation.function)
            switch operation.outcome {
            case .ok: tallies[place].ok += 1
            case .fail: tallies[place].fail += 1
            case .info: tallies[place].info += 1
            }
        }
        return tallies.filter { $0.called > 0 }
            .sorted { $0.function.rawValue < $1.function.rawValue }
    }
}
