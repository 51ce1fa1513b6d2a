internal import Exploration
internal import Foundation
internal import HistoryModel
internal import Runner
internal import Simulator
internal import WorkloadFiles
internal import Workloads

/// What an exploration found, and what it keeps of it.
struct ExplorationResult {
    /// What was kept.
    struct Kept {
        /// The folder of the exploration.
        var folder: String
        /// The scenario files of the failing seeds, in order.
        var scenarios: [(seed: UInt64, path: String)] = []
        /// The first run of each kind of violation.
        var runs: [(kind: String, folder: RunFolder)] = []
    }

    private struct Document: Encodable {
        struct Violation: Encodable {
            var kind: String
            var count: Int
            var seeds: [UInt64]
            var report: String?
        }

        var verdict: Verdict
        var workload: String
        var system: String
        var defects: [String]
        var seeds: Int
        var violations: [Violation]
        var undecided: [UInt64]
        var untouched: [UInt64]
        var wall_seconds: Double
        var simulated_seconds: Double
        var events: Int
        var coverage: [String: Int]
        var never_reached: [String]
        var trace_hash: String
        var folder: String
    }

    var summary: ExplorationSummary
    var drawing: ScenarioDrawing
    var base: RunConfiguration
    var seconds: Duration

    /// How many failing seeds are written down at most; all of them are in explore.json.
    private static let scenariosMax = 1_000

    /// Writes the result file, the scenarios of failing seeds, and a run for each kind of violation.
    func keep(in reports: String, _ printer: ProgressPrinter) async throws -> Kept {
        let folder = try RunFolder(
            creatingIn: reports, workload: "explore-\(base.workload)", startedAt: Date(),
            hasNodes: false)
        var kept = Kept(folder: folder.path)
        for seed in summary.failing.prefix(Self.scenariosMax) {
            let path = "\(folder.path)/seed-\(seed).yaml"
            try WorkloadFile.render(drawing.scenario(seed: seed)).write(
                toFile: path, atomically: true, encoding: .utf8)
            kept.scenarios.append((seed, path))
        }
        for violation in summary.violations {
            guard let seed = violation.seeds.first else { continue }
            let name = "seed-\(seed)"
            if let same = kept.runs.first(where: { $0.folder.id == name }) {
                kept.runs.append((violation.kind, same.folder))
                continue
            }
            let run = try await KeptSimulation(
                scenario: drawing.scenario(seed: seed), reports: folder.path, name: name,
                isNamedExactly: true,
                command: { ["harness", "replay", $0.path] }
            ).carryOut()
            kept.runs.append((violation.kind, run.folder))
        }
        try json(kept).write(
            toFile: "\(folder.path)/explore.json", atomically: true, encoding: .utf8)
        return kept
    }

    /// The object of explore.json, as `docs/json.md` describes it.
    func json(_ kept: Kept) throws -> String {
        let document = Document(
            verdict: summary.verdict, workload: base.workload, system: base.system,
            defects: base.defects, seeds: summary.seeds,
            violations: summary.violations.map { violation in
                Document.Violation(
                    kind: violation.kind, count: violation.seeds.count, seeds: violation.seeds,
                    report: kept.runs.first { $0.kind == violation.kind }?.folder.report)
            },
            undecided: summary.undecided, untouched: summary.untouched,
            wall_seconds: seconds / .seconds(1),
            simulated_seconds: Double(summary.length) / 1e9, events: summary.steps,
            coverage: Dictionary(
                uniqueKeysWithValues: CoverageMarker.allCases.map {
                    ($0.description, summary.coverage[$0])
                }),
            never_reached: summary.coverage.missed(in: base.system).map(\.description),
            trace_hash: String(summary.traceHash, radix: 16), folder: kept.folder)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(document), as: UTF8.self)
    }
}
