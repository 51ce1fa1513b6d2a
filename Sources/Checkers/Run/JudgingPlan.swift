public import HistoryModel
public import Vocabulary

/// What a run is judged by: what its clients were promised, and what the run had to exercise.
public struct JudgingPlan: Sendable {
    /// What clients were promised, the most important first.
    public var checkers: [any RunChecker]
    /// What the system under test promises of itself.
    public var systemCheckers: [any RunChecker]
    /// The functions that the run's load consists of: each that was called under load must have succeeded
    /// at least once there, or the run is no evidence.
    public var functionsNeeded: [Function]
    /// How long the load was to last; nil if that is not known.
    public var loadLength: Nanoseconds?
    /// Whether the phase after the faults begins with time in which nobody asks anything.
    public var isLeftAlone: Bool
    /// The functions by which every key is looked at once more in the end.
    public var observers: [Function]

    /// Makes a plan; see the properties.
    public init(
        _ checkers: [any RunChecker], systemCheckers: [any RunChecker] = [],
        functionsNeeded: [Function], loadLength: Nanoseconds? = nil, isLeftAlone: Bool = false,
        observers: [Function] = [.read]
    ) {
        self.checkers = checkers
        self.systemCheckers = systemCheckers
        self.functionsNeeded = functionsNeeded
        self.loadLength = loadLength
        self.isLeftAlone = isLeftAlone
        self.observers = observers
    }

    /// Linearizability of registers.
    public static let registers = JudgingPlan(
        [LinearizabilityChecker()], functionsNeeded: [.read, .write])

    /// What every checker concludes, the most important first; in one go, on one core.
    ///
    /// The budget is counted in steps, so the verdict does not depend on the machine.
    /// - Throws: ``HistoryError`` if the history is not one of sequential processes.
    public func results(
        for run: RunRecord, budget: Budget = .standard
    ) throws(HistoryError) -> [CheckerResult] {
        var results: [CheckerResult] = []
        for checker in checkers {
            if let result = try checker.limited(to: budget).judge(run) { results.append(result) }
        }
        return try results + environment(of: run)
    }

    /// What is judged besides, whatever clients were promised: whether enough took place to say anything,
    /// and how the system and the harness fared.
    ///
    /// - Throws: ``HistoryError`` if the history is not one of sequential processes.
    public func environment(of run: RunRecord) throws(HistoryError) -> [CheckerResult] {
        // What should have succeeded in a run from elsewhere is not for us to say.
        guard run.metadata != nil else {
            return [try StatsChecker(functionsNeeded: []).check(run.history)]
        }
        var results: [CheckerResult] = []
        for checker in everyRun {
            if let result = try checker.judge(run) { results.append(result) }
        }
        return results
    }

    /// The checkers of every run, with those of the system where they stand in the order.
    private var everyRun: [any RunChecker] {
        var checkers: [(rank: Int, checker: any RunChecker)] = Checker.all.compactMap {
            guard case .everyRun(let make) = $0.use else { return nil }
            return ($0.rank, make(self))
        }
        let place = checkers.firstIndex { $0.rank > Self.systemRank } ?? checkers.count
        checkers.insert(contentsOf: systemCheckers.map { (Self.systemRank, $0) }, at: place)
        return checkers.map(\.checker)
    }

    /// Where the results of a system's own checkers stand: behind `completeness` and `stats`.
    static let systemRank = 30
}
