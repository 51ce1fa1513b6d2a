@testable import Conformance
import Testing

/// What is claimed of the Raft store holds, and fails with the bugs that it is about.
@Suite struct `Conformance of the Raft store` {
    /// The re-elections take thousands of kills; see below.
    private static let indices = RaftConformance().scenarios.indices.filter {
        !RaftConformance().scenarios[$0].statement.hasPrefix("re-election")
    }

    @Test(arguments: indices)
    func `is as stated`(place: Int) throws {
        let scenario = RaftConformance().scenarios[place]
        let observation = try scenario.carryOut()
        #expect(observation.isAsExpected, "\(scenario.statement): \(observation.text)")
    }

    /// What is looked at in runs of processes only.
    private static let runs = [
        RaftConformance().oneVoteInRuns, RaftConformance().isolatedFollowers,
        RaftConformance().heartbeatsInRuns, RaftConformance().logFormatInRuns,
    ]

    @Test(arguments: runs.indices)
    func `is as stated in a whole run in virtual time`(place: Int) throws {
        let observation = try Self.runs[place].simulated.carryOut()
        #expect(observation.isAsExpected, "\(observation.text)")
    }

    @Test func `each statement stands once`() {
        let statements = RaftConformance().scenarios.map(\.statement)
        #expect(Set(statements).count == statements.count)
    }

    @Test func `elections take about as long as in the thesis`() throws {
        let observation = try RaftConformance().reelections(count: 60).carryOut()
        #expect(observation.isAsExpected, "\(observation.text)")
    }

    /// Each bug with the beginning of a statement that must not hold with it.
    @Test(arguments: [
        ("count-old-votes", "a candidate leads once a majority"),
        ("up-to-date-by-index", "a voter refuses"),
        ("no-fsync", "a follower acknowledges"),
        ("figure-8", "a leader commits entries of older terms"),
        ("stale-reads", "a leader that was stopped or cut off"),
        ("stale-reads", "a leader that hears no majority"),
        ("stale-reads", "split brain"),
    ])
    func `fails with a bug that it is about`(defect: String, statement: String) throws {
        let scenarios = RaftConformance(defects: [defect]).scenarios
        let scenario = try #require(scenarios.first { $0.statement.hasPrefix(statement) })
        let observation = try scenario.carryOut()
        #expect(!observation.isAsExpected, "\(observation.text)")
    }

    /// Without a range to draw from, votes are split again and again (thesis §9.3).
    @Test func `equal election timeouts are seen as too many split votes`() throws {
        let times = try RaftConformance().elections(10, timeout: 150_000_000...150_000_000)
        #expect(!times.isBounded(by: 150_000_000...150_000_000), "\(times.text)")
    }
}
