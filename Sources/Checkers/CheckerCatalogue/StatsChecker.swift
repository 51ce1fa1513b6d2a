public import HistoryModel
public import Vocabulary

/// Counts what the clients did, and says when a run proved nothing because too little succeeded.
///
/// Only what clients did under load counts as exercise: the harness's own last write and reads say that
/// a system has recovered, not that it served anybody meanwhile.
public struct StatsChecker: RunChecker {
    /// The checker's name in results.
    public static let name = "stats"
    /// ``name``.
    public var name: String { Self.name }
    /// What it looks at.
    public let summary = "what should succeed at times did"
    /// The functions that the workload consists of, each of which must have succeeded if it was called.
    ///
    /// None for a history from elsewhere, whose workload nobody knows.
    public var functionsNeeded: [Function]
    /// When the load ended: later calls are listed and prove nothing; nil if all of it was load.
    public var loadEnd: Instant?

    /// Expects these functions to be answered at least once by `loadEnd`, if they are called at all.
    public init(functionsNeeded: [Function] = [.read, .write], loadEnd: Instant? = nil) {
        self.functionsNeeded = functionsNeeded
        self.loadEnd = loadEnd
    }

    private struct Tally {
        var function: Function
        var ok = 0
        var fail = 0
        var info = 0
        var called: Int { ok + fail + info }
        /// Calls under load.
        var calledUnderLoad = 0
        /// Of these, the ones that the system served: those that were ok, and compare-and-sets that found
        /// another value.
        var served = 0
    }

    /// Counts the operations per function and outcome.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    public func check(_ history: History) throws(HistoryError) -> CheckerResult {
        let tallies = tally(try OperationList(history), of: history)
        let reasons = reasons(tallies)
        var measures = tallies.map { tally in
            CheckerResult.Measure(
                tally.function.rawValue,
                "\(tally.ok) ok, \(tally.fail) fail, \(tally.info) info")
        }
        for tally in tallies where tally.ok == 0 && !functionsNeeded.contains(tally.function) {
            measures.append(.init("warning", "no \(tally.function.rawValue) ever succeeded"))
        }
        return CheckerResult(
            checker: Self.name, verdict: reasons.isEmpty ? .valid : .unknown, reasons: reasons,
            measures: measures)
    }

    /// Why the run is no evidence, if it is none.
    private func reasons(_ tallies: [Tally]) -> [String] {
        let called = tallies.reduce(0) { $0 + $1.calledUnderLoad }
        guard called > 0 else {
            return ["No operation was done: a run that exercised nothing proves nothing."]
        }
        guard tallies.contains(where: { $0.served > 0 }) else {
            return [
                called == 1
                    ? "The only operation\(when) did not succeed: such a run proves nothing."
                    : "None of the \(called) operations\(when) succeeded: such a run proves nothing."
            ]
        }
        return tallies.compactMap { tally in
            guard tally.served == 0, tally.calledUnderLoad > 0,
                functionsNeeded.contains(tally.function)
            else { return nil }
            let (count, name) = (tally.calledUnderLoad, tally.function.rawValue)
            return
                (count == 1
                ? "The only call of \(name)\(when) did not succeed"
                : "None of the \(count) calls of \(name)\(when) succeeded")
                + ": what it promises was not tested."
        }
    }

    private var when: String { loadEnd == nil ? "" : " under load" }

    /// One tally per function, in the order of their names.
    private func tally(_ operations: OperationList, of history: History) -> [Tally] {
        var tallies = operations.functions.map { Tally(function: $0) }
        for operation in operations.packed {
            let place = Int(operation.function)
            switch operation.outcome {
            case .ok: tallies[place].ok += 1
            case .fail: tallies[place].fail += 1
            case .info: tallies[place].info += 1
            }
            if let loadEnd, history.events[Int(operation.call)].time >= loadEnd { continue }
            tallies[place].calledUnderLoad += 1
            // Of a failure only what it found instead is kept.
            let isServed =
                operation.outcome == .ok
                || !functionsNeeded.isEmpty && operation.outcome == .fail
                    && operation.output != .absent
            if isServed { tallies[place].served += 1 }
        }
        return tallies.filter { $0.called > 0 }
            .sorted { $0.function.rawValue < $1.function.rawValue }
    }
}

extension StatsChecker {
    /// Judges a run by what took place before its load ended.
    ///
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    public func judge(_ run: RunRecord) throws(HistoryError) -> CheckerResult? {
        try StatsChecker(functionsNeeded: functionsNeeded, loadEnd: run.loadEnd).check(run.history)
    }
}

extension Checker {
    static let statsChecker = Checker(
        everyRun: StatsChecker.name, summary: "what should succeed at times did", rank: 20
    ) { StatsChecker(functionsNeeded: $0.functionsNeeded) }
}
