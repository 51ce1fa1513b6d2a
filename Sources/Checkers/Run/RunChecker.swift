public import HistoryModel

/// A way to judge a run, or a history: the thing that is listed, chosen by name, and named in results.
public protocol RunChecker: Sendable {
    /// Its name on the command line and in results.
    var name: String { get }
    /// What it looks at, for people, in a line.
    var summary: String { get }

    /// Judges a run.
    ///
    /// - Returns: What it concludes; nil if it has nothing to say of such a run.
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    func judge(_ run: RunRecord) throws(HistoryError) -> CheckerResult?

    /// The same checker with a limit on what it may spend, for one that can spend much.
    func limited(to budget: Budget) -> Self
}

extension RunChecker {
    /// Itself: most checkers are linear.
    public func limited(to budget: Budget) -> Self { self }
}

/// An entry of the catalogue of checkers.
///
/// To add one, add a file to `CheckerCatalogue` that declares it: `extension Checker { static let … }`.
public struct Checker: Sendable {
    /// When it is asked.
    public enum Use: Sendable {
        /// When a workload or somebody names it.
        case chosen
        /// For every run of the harness, with what is known of what it was to do.
        case everyRun(@Sendable (JudgingPlan) -> any RunChecker)
    }

    /// Its name on the command line and in results.
    public let name: String
    /// What it looks at, for people, in a line.
    public let summary: String
    /// When it is asked.
    public let use: Use
    /// Where its result stands among those of a run: the smallest first, then by name.
    public let rank: Int
    /// How it judges a bare history, for one that can be chosen for that.
    public let history: (any HistoryChecker)?

    /// An entry for a checker that workloads name.
    init(_ checker: any RunChecker, rank: Int = 0) {
        self.init(
            name: checker.name, summary: checker.summary, use: .chosen, rank: rank,
            history: checker as? any HistoryChecker)
    }

    /// An entry for a checker that judges every run of the harness.
    init(
        everyRun name: String, summary: String, rank: Int,
        _ make: @escaping @Sendable (JudgingPlan) -> any RunChecker
    ) {
        self.init(name: name, summary: summary, use: .everyRun(make), rank: rank, history: nil)
    }

    private init(
        name: String, summary: String, use: Use, rank: Int, history: (any HistoryChecker)?
    ) {
        self.name = name
        self.summary = summary
        self.use = use
        self.rank = rank
        self.history = history
    }

    /// All of them, in the order of their results.
    public static let all: [Checker] = entries.sorted {
        ($0.rank, $0.name) < ($1.rank, $1.name)
    }
}
