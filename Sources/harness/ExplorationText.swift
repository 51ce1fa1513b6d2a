internal import Exploration
internal import Foundation
internal import HistoryModel
internal import Runner
internal import Simulator
internal import Vocabulary
internal import Workloads

/// An exploration as text for a terminal or the log of a CI job.
enum ExplorationText {
    /// How far it has come, in a line.
    static func line(_ summary: ExplorationSummary, elapsed: Duration) -> String {
        let seconds = max(0.001, elapsed / .seconds(1))
        var parts = [
            "\(summary.seeds) seeds, \(rate(summary, seconds)) seeds/s",
            "\(virtual(summary.length)) simulated",
        ]
        let violations = summary.violations
        parts.append(violations.isEmpty ? "no violation" : counted(violations))
        if !summary.undecided.isEmpty { parts.append("\(summary.undecided.count) undecided") }
        return parts.joined(separator: " · ")
    }

    /// What came of it.
    static func summary(_ result: ExplorationResult, _ kept: ExplorationResult.Kept) -> String {
        let summary = result.summary
        let seconds = result.seconds / .seconds(1)
        var lines: [String] = []
        switch summary.verdict {
        case .invalid:
            lines.append(
                "INVALID  \(summary.failing.count) of \(summary.seeds) seeds broke a promise")
        case .unknown where summary.seeds == 0: lines.append("UNKNOWN  no seed was judged")
        case .unknown:
            lines.append(
                "UNKNOWN  \(summary.undecided.count) of \(summary.seeds) seeds stayed undecided")
        case .valid: lines.append("VALID  no violation in \(summary.seeds) seeds")
        }
        lines.append("")
        let ratio = Int(Double(summary.length) / 1e9 / max(seconds, 0.001))
        lines.append(
            "  \(virtual(summary.length)) of virtual time in \(decimal(seconds)) s: "
                + "\(rate(summary, seconds)) seeds/s, \(ratio) times real time")
        lines.append(
            "  undecided \(summary.undecided.count), faults touched nothing in "
                + "\(summary.untouched.count)")
        for violation in summary.violations {
            let seeds = violation.seeds.prefix(8).map(String.init).joined(separator: " ")
            lines.append("")
            lines.append("  \(violation.kind): \(violation.seeds.count) of \(summary.seeds) seeds")
            lines.append("    seeds   \(seeds)\(violation.seeds.count > 8 ? " …" : "")")
            if let run = kept.runs.first(where: { $0.kind == violation.kind }) {
                lines.append("    report  \(run.folder.report)")
                lines.append("    again   harness replay \(run.folder.path)")
                lines.append("    smaller harness shrink \(run.folder.path)")
            }
        }
        lines += ["", "  What was reached (times, seeds):"]
        lines += coverage(summary)
        let missed = summary.coverage.missed(in: result.base.system).map(\.description)
        if !missed.isEmpty { lines += ["", "  Never reached: \(missed.joined(separator: "; "))"] }
        lines += ["", "  \(kept.folder)/explore.json"]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func coverage(_ summary: ExplorationSummary) -> [String] {
        let hit = CoverageMarker.allCases.filter { summary.coverage[$0] > 0 }
        let width = hit.map(\.description.count).max() ?? 0
        return hit.map { marker in
            let name = marker.description.padding(toLength: width, withPad: " ", startingAt: 0)
            let count = String(summary.coverage[marker])
            let seeds = String(summary.reached[marker.rawValue])
            return "    \(name)  \(padded(count, 10))  \(padded(seeds, 8))"
        }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private static func counted(_ violations: [ExplorationSummary.Violation]) -> String {
        violations.map { "\($0.kind) \($0.seeds.count)" }.joined(separator: ", ")
    }

    private static func rate(_ summary: ExplorationSummary, _ seconds: Double) -> String {
        decimal(Double(summary.seeds) / max(seconds, 0.001))
    }

    private static func decimal(_ number: Double) -> String { String(format: "%.1f", number) }

    private static func virtual(_ length: Nanoseconds) -> String {
        let seconds = Double(length) / 1e9
        return seconds < 3600 ? "\(decimal(seconds / 60)) min" : "\(decimal(seconds / 3600)) h"
    }
}
