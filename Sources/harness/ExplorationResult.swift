internal import Files
internal import Exploration
internal import Foundation
internal import HistoryModel
internal import Reports
internal import Runner
internal import Simulator
internal import WorkloadFiles
internal import Workloads

/// What an exploration found, and what it keeps of it.
struct ExplorationResult {
    /// A run that shows one kind of violation.
    struct KeptRun {
        /// The kind.
        var kind: String
        /// Where the run is.
        var folder: RunFolder
    }

    private struct Document: Encodable {
        struct Violation: Encodable {
            var kind: String
            var count: Int
            var seeds: [UInt64]
            var report: String?
        }

        struct Failure: Encodable {
            var seed: UInt64
            var reason: String
        }

        var verdict: Verdict
        var workload: String
        var system: String
        var defects: [String]
        var seeds: Int
        var violations: [Violation]
        var interrupted: Bool
        var failures: [Failure]
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
    /// Whether Ctrl-C ended it before its seeds or its time were used up.
    var isInterrupted: Bool
    /// The folder of the exploration.
    var folder: String

    /// What all seeds come to: of an exploration that was interrupted nothing is known of the rest.
    var verdict: Verdict {
        isInterrupted ? .worst([summary.verdict, .unknown]) : summary.verdict
    }

    /// Carries out and keeps the first run of each kind of violation.
    func keepRuns() async throws -> [KeptRun] {
        var runs: [KeptRun] = []
        for violation in summary.violations {
            guard let seed = violation.seeds.first else { continue }
            let name = "seed-\(seed)"
            if let same = runs.first(where: { $0.folder.id == name }) {
                runs.append(KeptRun(kind: violation.kind, folder: same.folder))
                continue
            }
            let run = try await KeptSimulation(
                scenario: drawing.scenario(seed: seed), reports: folder, name: name,
                isNamedExactly: true,
                command: { [Invocation.program, "replay", $0.path] }
            ).carryOut()
            runs.append(KeptRun(kind: violation.kind, folder: run.folder))
        }
        return runs
    }

    /// Writes the result file.
    func write(runs: [KeptRun]) throws {
        try WholeFile.write(json(runs), to: "\(folder)/explore.json")
    }

    /// The object of explore.json, as `docs/json.md` describes it.
    func json(_ runs: [KeptRun]) throws -> String {
        let document = Document(
            verdict: verdict, workload: base.workload, system: base.system,
            defects: base.defects, seeds: summary.seeds,
            violations: summary.violations.map { violation in
                Document.Violation(
                    kind: violation.kind, count: violation.seeds.count, seeds: violation.seeds,
                    report: runs.first { $0.kind == violation.kind }?.folder.report)
            },
            interrupted: isInterrupted,
            failures: summary.failures.map {
                Document.Failure(seed: $0.seed, reason: $0.reason)
            },
            undecided: summary.undecided, untouched: summary.untouched,
            wall_seconds: seconds / .seconds(1),
            simulated_seconds: Double(summary.length) / 1e9, events: summary.steps,
            coverage: Dictionary(
                uniqueKeysWithValues: CoverageMarker.allCases.map {
                    ($0.description, summary.coverage[$0])
                }),
            never_reached: summary.coverage.missed(in: base.system).map(\.description),
            trace_hash: String(summary.traceHash, radix: 16), folder: folder)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return TerminalText.escaped(
            String(decoding: try encoder.encode(document), as: UTF8.self))
    }
}
