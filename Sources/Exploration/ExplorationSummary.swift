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
    /// The seeds that nothing can be said about, though their faults worked, in order.
    public var undecided: [UInt64] { undecidedSeeds.sorted() }
    /// The seeds whose faults touched nothing, in order.
    public var untouched: [UInt64] { untouchedSeeds.sorted() }

    private var kinds: [String: [UInt64]] = [:]
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
        guard outcome.verdict == .unknown else { return }
        if outcome.touchedNothing {
            untouchedSeeds.append(outcome.seed)
        } else {
            undecidedSeeds.append(outcome.seed)
        }
    }

    /// The kinds of violations, the most frequent first.
    public var violations: [Violation] {
        kinds.map { Violation(kind: $0, seeds: $1.sorted()) }
            .sorted { ($1.seeds.count, $0.kind) < ($0.seeds.count, $1.kind) }
    }

    /// Invalid if any seed broke a promise; unknown if nothing was judged, or more than one seed in a
    /// hundred stayed undecided.
    public var verdict: Verdict {
        if !kinds.isEmpty { return .invalid }
        return seeds == 0 || undecidedSeeds.count * 100 > seeds ? .unknown : .valid
    }
}
