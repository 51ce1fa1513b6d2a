internal import Checkers
public import HistoryModel
public import Simulator
public import Vocabulary

/// What many seeds came to, whatever the order in which they ended.
public struct ExplorationSummary: Sendable {
    /// Seeds that broke a promise in the same way.
    public struct Violation: Hashable, Sendable {
        /// The kind, such as `linearizability/stale-read`.
        public var kind: String
        /// The seeds in order.
        public var seeds: [UInt64]
    }

    /// A seed on which the harness itself failed.
    public struct Failure: Hashable, Sendable {
        /// The seed.
        public var seed: UInt64
        /// What went wrong.
        public var reason: String
    }

    /// How many seeds were judged.
    public private(set) var seeds = 0
    /// How much virtual time they took together.
    public private(set) var length: Nanoseconds = 0
    /// How many events they went through.
    public private(set) var steps = 0
    /// How often each interesting thing happened over all seeds.
    public private(set) var coverage = Coverage()
    /// The seeds in which each interesting thing happened at least once.
    public private(set) var reached: [Int]
    /// What all trace hashes amount to, whatever the order of the seeds.
    public private(set) var traceHash: UInt64 = 0
    /// The seeds that broke a promise, in order.
    public var failing: [UInt64] { Array(Set(kinds.values.joined())).sorted() }
    /// The seeds that nothing can be said about for other reasons than that, in order.
    public var undecided: [UInt64] { undecidedSeeds.sorted() }
    /// The seeds on which the harness itself failed, in order.
    public var failures: [Failure] { failed.sorted { $0.seed < $1.seed } }
    /// The seeds in which no fault touched anything though some were asked for, and nothing else was
    /// wrong, in order.
    public var untouched: [UInt64] { untouchedSeeds.sorted() }

    private var kinds: [String: [UInt64]] = [:]
    private var failed: [Failure] = []
    private var undecidedSeeds: [UInt64] = []
    private var untouchedSeeds: [UInt64] = []

    /// Summarises nothing yet.
    public init() { reached = Array(repeating: 0, count: CoverageMarker.allCases.count) }

    /// Takes in what one seed came to.
    public mutating func add(_ outcome: SeedOutcome) {
        seeds += 1
        length += outcome.length
        steps += outcome.steps
        traceHash &+= Seed(outcome.seed).derived(outcome.traceHash).rawValue
        coverage.add(outcome.coverage)
        for marker in CoverageMarker.allCases where outcome.coverage[marker] > 0 {
            reached[marker.rawValue] += 1
        }
        for kind in outcome.violations { kinds[kind, default: []].append(outcome.seed) }
        switch outcome.verdict {
        case .invalid: break
        case .valid:
            if outcome.touchedNothing { untouchedSeeds.append(outcome.seed) }
        case .unknown:
            if outcome.touchedNothing, outcome.unknowns == [FaultsChecker.name] {
                untouchedSeeds.append(outcome.seed)
            } else {
                undecidedSeeds.append(outcome.seed)
            }
        }
    }

    /// Takes in a seed on which the harness itself failed.
    public mutating func addFailure(seed: UInt64, reason: String) {
        failed.append(Failure(seed: seed, reason: reason))
    }

    /// The kinds of violations, the most frequent first.
    public var violations: [Violation] {
        kinds.map { Violation(kind: $0, seeds: $1.sorted()) }
            .sorted { ($1.seeds.count, $0.kind) < ($0.seeds.count, $1.kind) }
    }

    /// Whether fewer than one seed in a hundred was touched by the faults that were asked for.
    public var testedNothing: Bool {
        seeds == 0 || (seeds - untouchedSeeds.count) * 100 < seeds
    }

    /// Invalid if any seed broke a promise; unknown if nothing was tested, the harness failed on a
    /// seed, or more than one seed in a hundred stayed undecided.
    public var verdict: Verdict {
        if !kinds.isEmpty { return .invalid }
        let isUnknown =
            testedNothing || !failed.isEmpty || undecidedSeeds.count * 100 > seeds
        return isUnknown ? .unknown : .valid
    }
}
