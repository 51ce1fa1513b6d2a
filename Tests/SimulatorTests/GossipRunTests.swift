import Checkers
import Exploration
import Faults
import Foundation
import HistoryModel
import Simulator
import Testing
import Vocabulary
import WorkloadFiles
import Workloads

/// The gossip store in the simulated world: sound, and with each known bug.
@Suite struct `A simulated run of the gossip store` {
    /// Which anomaly each defect is found by, with the workload file of its name.
    static let anomalies = [
        ("no-tie-break", "divergence"), ("wall-clock-lww", "lost-update"),
        ("timer-tombstones", "resurrected-delete"), ("incarnation-not-raised", "buried-alive"),
        ("version-reset-on-restart", "lost-update"), ("rumor-only", "divergence"),
        ("pull-mute", "divergence"), ("one-way-anti-entropy", "divergence"),
        ("truncated-delta", "gap"), ("obsolete-delta", "gap"),
        ("sent-not-cleared", "divergence"), ("echo-storm", "excess-traffic"),
        ("deaf-after-garbage", "divergence"), ("accept-forged", "phantom-value"),
    ]

    private static func workload(_ name: String) throws -> RunConfiguration {
        let root = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try WorkloadFile.read(root.appending(path: "workloads/\(name).yaml").path)
    }

    @Test(arguments: anomalies)
    func `with a defect is found by its workload`(defect: String, anomaly: String) throws {
        var configuration = try Self.workload("defects/\(defect)")
        #expect(configuration.defects == [defect])
        configuration.seed = 1
        let outcome = try SeedOutcome(configuration)
        #expect(outcome.violations.first == "convergence/\(anomaly)")
        configuration.defects = []
        let control = try SeedOutcome(configuration)
        #expect(control.violations == [])
        #expect(control.verdict == .valid, "\(control.unknowns)")
    }

    @Test(arguments: ["gossip-kv", "broadcast", "g-set", "pn-counter", "churn"])
    func `is valid under faults`(name: String) throws {
        var configuration = try Self.workload(name)
        configuration.timeLimit = 12_000_000_000
        configuration.rate = 40
        configuration.seed = 7
        let outcome = try SeedOutcome(configuration)
        #expect(outcome.violations == [])
        #expect(outcome.verdict == .valid, "\(outcome.unknowns)")
        #expect(outcome.record.finished)
        #expect(outcome.record.faults.contains { $0.touched > 0 && $0.applied.isSeen })
    }

    @Test func `is valid while datagrams are lost, doubled and late, which is proven`() throws {
        var configuration = try Self.workload("gossip-kv")
        configuration.faults = FaultFamily.datagrams.kinds
        configuration.timeLimit = 20_000_000_000
        configuration.seed = 3
        let outcome = try SeedOutcome(configuration)
        #expect(outcome.verdict == .valid, "\(outcome.violations) \(outcome.unknowns)")
        let faults = outcome.record.faults
        #expect(Set(faults.map(\.kind)) == Set(FaultFamily.datagrams.kinds.map(\.name)))
        #expect(faults.allSatisfy { $0.touched > 10 && $0.applied.isSeen && $0.healed.isSeen })
        configuration.schedule = FaultSchedule(
            faults: configuration.effectiveSchedule.faults.map {
                var fault = $0
                fault.perMille = 1
                return fault
            })
        let weaker = try SeedOutcome(configuration)
        #expect((weaker.record.faults.first?.touched ?? 0) < (faults.first?.touched ?? 0) / 10)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `repeats itself from its seed in every world that is drawn`(seed: UInt64) throws {
        var base = try Self.workload("churn")
        base.timeLimit = 2_000_000_000
        let scenario = ScenarioDrawing(base: base).scenario(seed: seed)
        let first = try SimulatedRun(scenario)
        let again = try SimulatedRun(scenario)
        #expect(first.traceHash == again.traceHash)
        #expect(first.record == again.record)
        #expect(
            first.traceHash
                != (try SimulatedRun(ScenarioDrawing(base: base).scenario(seed: seed + 100)))
                .traceHash)
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `is valid in every world that is drawn`(seed: UInt64) throws {
        var base = try Self.workload("gossip-kv")
        base.timeLimit = 4_000_000_000
        let scenario = ScenarioDrawing(base: base).scenario(seed: seed)
        #expect(scenario.concurrency >= scenario.nodes)
        let outcome = try SeedOutcome(scenario)
        #expect(outcome.violations == [])
        #expect(outcome.record.finished)
    }

    @Test func `a value that somebody forged on the way is named`() throws {
        var configuration = try Self.workload("defects/accept-forged")
        configuration.defects = []
        configuration.simulation.network.forgedVersionsPerMille = 0
        configuration.simulation.network.forgedValuesPerMille = 20
        let outcome = try SeedOutcome(configuration)
        #expect(outcome.violations.first == "convergence/phantom-value")
    }

    @Test func `a scenario with a defect goes through a file unchanged`() throws {
        let configuration = try Self.workload("defects/obsolete-delta")
        let text = WorkloadFile.render(configuration)
        let again = try WorkloadFile.parse(text, name: "again", path: "again.yaml")
        #expect(try SimulatedRun(again).traceHash == SimulatedRun(configuration).traceHash)
    }
}
