import Checkers
import Exploration
import HistoryModel
import Simulator
import Testing
import Vocabulary
import Workloads

/// The invariants on traces of whole runs, which no author of a test has shaped.
@Suite struct `The invariants of simulated runs` {
    private static func record(seed: UInt64) throws -> RunRecord {
        var base = RunConfiguration(workload: "register")
        base.timeLimit = 6_000_000_000
        return try SimulatedRun(ScenarioDrawing(base: base).scenario(seed: seed)).record
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `accuse nobody when lines of the traces are missing`(seed: UInt64) throws {
        var record = try Self.record(seed: seed)
        var random = Seed(seed).stream("missing lines")
        for perMille in [5, 100, 500] {
            record.traces.removeAll { _ in Int.random(in: 0..<1000, using: &random) < perMille }
            let result = RaftInvariantsChecker().check(record)
            #expect(result?.verdict != .invalid, "\(result?.reasons ?? [])")
        }
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `are broken by a commit of something else`(seed: UInt64) throws {
        var record = try Self.record(seed: seed)
        let commits = record.traces.indices.filter { record.traces[$0].name == "committed" }
        var random = Seed(seed).stream("forgery")
        let forged = try #require(commits.randomElement(using: &random))
        record.traces[forged].hash = record.traces[forged].hash.map { $0 ^ 1 }
        #expect(RaftInvariantsChecker().check(record)?.verdict == .invalid)
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `are broken by a second leader of a term`(seed: UInt64) throws {
        var record = try Self.record(seed: seed)
        let leader = try #require(record.traces.last { $0.name == "leader" })
        var rival = leader
        rival.node = NodeID(leader.node.rawValue % 3 + 1)
        rival.time = leader.time + 1
        let place = try #require(record.traces.lastIndex { $0.name == "leader" })
        record.traces.insert(rival, at: place + 1)
        let reasons = RaftInvariantsChecker().check(record)?.reasons ?? []
        #expect(reasons.contains { $0.hasPrefix("election-safety") }, "\(reasons)")
    }
}
