import Exploration
import HistoryModel
import Testing
import Vocabulary
import Workloads

@Suite struct ExplorationSummaryTests {
    private static func outcome(
        _ verdict: Verdict, unknowns: [String] = [], touchedNothing: Bool = false
    ) throws -> SeedOutcome {
        var scenario = RunConfiguration(workload: "register")
        scenario.timeLimit = 1
        scenario.nodes = 1
        var outcome = try SeedOutcome(scenario)
        outcome.verdict = verdict
        outcome.violations = []
        outcome.unknowns = unknowns
        outcome.touchedNothing = touchedNothing
        return outcome
    }

    private static func summary(_ outcomes: [SeedOutcome]) -> ExplorationSummary {
        var summary = ExplorationSummary()
        for (number, outcome) in outcomes.enumerated() {
            var outcome = outcome
            outcome.seed = UInt64(number)
            summary.add(outcome)
        }
        return summary
    }

    @Test func `a campaign without time for a fault has tested nothing`() throws {
        var scenario = RunConfiguration(workload: "register")
        scenario.timeLimit = 1
        let drawing = ScenarioDrawing(base: scenario)
        let outcomes = try (0..<5 as Range<UInt64>).map {
            try SeedOutcome(drawing.scenario(seed: $0))
        }
        #expect(outcomes.allSatisfy { $0.touchedNothing })
        #expect(Self.summary(outcomes).verdict == .unknown)
        scenario.faults = []
        scenario.timeLimit = 500_000_000
        scenario.rate = 50
        #expect(try !SeedOutcome(scenario).touchedNothing)
    }

    @Test func `untouched seeds count against the verdict when nearly all are`() throws {
        let untouched = try Self.outcome(.unknown, unknowns: ["faults"], touchedNothing: true)
        let calm = try Self.outcome(.valid, touchedNothing: true)
        let good = try Self.outcome(.valid)
        #expect(Self.summary([]).verdict == .unknown)
        #expect(Self.summary([untouched, calm]).untouched == [0, 1])
        #expect(Self.summary([untouched, calm]).verdict == .unknown)
        #expect(Self.summary([untouched, calm, good]).verdict == .valid)
        let many = Array(repeating: untouched, count: 200)
        #expect(Self.summary(many + [good]).testedNothing)
        #expect(!Self.summary(many + [good, good, good]).testedNothing)
    }

    @Test func `a seed that is unknown for another reason, too, is undecided`() throws {
        let both = try Self.outcome(
            .unknown, unknowns: ["faults", "recovery"], touchedNothing: true)
        let summary = Self.summary([both, try Self.outcome(.valid)])
        #expect(summary.untouched.isEmpty)
        #expect(summary.undecided == [0])
        #expect(summary.verdict == .unknown)
    }

    @Test func `a failure of the harness is no verdict about the system`() throws {
        var summary = Self.summary([try Self.outcome(.valid)])
        #expect(summary.verdict == .valid)
        summary.addFailure(seed: 9, reason: "the history is none")
        #expect(summary.verdict == .unknown)
        #expect(summary.failures.map(\.seed) == [9])
        var invalid = try Self.outcome(.invalid)
        invalid.violations = ["stats"]
        summary.add(invalid)
        #expect(summary.verdict == .invalid)
    }
}
