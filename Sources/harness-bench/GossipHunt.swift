internal import Exploration
internal import Foundation
internal import HistoryModel
internal import Vocabulary
internal import WorkloadFiles
internal import Workloads

/// One known bug of the gossip store, hunted with the workload of its name from some seeds in the
/// simulated world, and the same without the bug.
struct GossipHunt {
    /// Which anomaly each defect is to be found by.
    static let anomalies: [(defect: String, anomaly: String)] = [
        ("no-tie-break", "divergence"), ("wall-clock-lww", "lost-update"),
        ("timer-tombstones", "resurrected-delete"), ("incarnation-not-raised", "buried-alive"),
        ("version-reset-on-restart", "lost-update"), ("rumor-only", "divergence"),
        ("pull-mute", "divergence"), ("one-way-anti-entropy", "divergence"),
        ("truncated-delta", "divergence"), ("obsolete-delta", "divergence"),
        ("sent-not-cleared", "divergence"), ("echo-storm", "excess-traffic"),
        ("deaf-after-garbage", "divergence"), ("accept-forged", "phantom-value"),
    ]

    private let defect: String
    private let anomaly: String
    private let seeds: Int
    /// How long each seed took to simulate and judge, on the processor.
    private var seconds: [Double] = []
    /// How many seeds were found by the anomaly that is the defect's.
    private var found = 0
    /// What the others were found by, if anything.
    private var others: [String] = []
    /// How many seeds break no promise without the defect.
    private var cleanControls = 0

    /// Hunts a defect with the seeds 0, 1, ….
    ///
    /// - Throws: what reading or simulating the workload throws.
    init(_ defect: String, seeds: Int) throws {
        self.defect = defect
        self.seeds = seeds
        let folder = ProcessInfo.processInfo.environment["HARNESS_WORKLOADS"] ?? "workloads"
        anomaly = Self.anomalies.first { $0.defect == defect }?.anomaly ?? ""
        var scenario = try WorkloadFile.read("\(folder)/defects/\(defect).yaml")
        for seed in 0..<UInt64(seeds) {
            scenario.seed = seed
            scenario.defects = [defect]
            let start = CheckCase.now()
            let violations = try SeedOutcome(scenario).violations
            seconds.append(CheckCase.now().cpu - start.cpu)
            if violations.first == "convergence/\(anomaly)" {
                found += 1
            } else {
                others.append(violations.first ?? "nothing")
            }
            scenario.defects = []
            if try SeedOutcome(scenario).verdict == .valid { cleanControls += 1 }
        }
    }

    private var median: Double { seconds.sorted()[seeds / 2] }

    /// How often it was found, by what and how soon.
    var row: BenchRow {
        let other = others.isEmpty ? "" : "; else \(Set(others).sorted().joined(separator: ", "))"
        return BenchRow(
            name: "\(defect): found by \(anomaly)", measured: Double(found), wanted: Double(seeds),
            unit: "of \(seeds)", direction: .atLeast,
            note: String(format: "median %.3f s, slowest %.3f s", median, seconds.max() ?? 0)
                + other)
    }

    /// What holds for all defects together.
    static func summary(_ hunts: [GossipHunt]) -> [BenchRow] {
        let slowest = hunts.max { $0.median < $1.median }
        let controls = hunts.reduce(0) { $0 + $1.seeds }
        return [
            BenchRow(
                name: "median time until found, the slowest defect",
                measured: slowest?.median ?? .infinity, wanted: 10, unit: "s", direction: .atMost,
                note: slowest?.defect ?? ""),
            BenchRow(
                name: "valid without the defect",
                measured: Double(hunts.reduce(0) { $0 + $1.cleanControls }),
                wanted: Double(controls), unit: "of \(controls)", direction: .atLeast),
        ]
    }
}
