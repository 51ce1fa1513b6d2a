internal import Exploration
internal import Foundation
internal import HistoryModel
internal import Reports
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
            "\(PluralText.count(summary.seeds, "seed")), \(rate(summary, seconds)) seeds/s",
            "\(virtual(summary.length)) simulated",
        ]
        let violations = summary.violations
        parts.append(violations.isEmpty ? "no violation" : counted(violations))
        if !summary.undecided.isEmpty { parts.append("\(summary.undecided.count) undecided") }
        return parts.joined(separator: " · ")
    }

    /// What came of it, before any run is carried out again to be shown.
    static func summary(_ result: ExplorationResult, _ failing: FailingSeeds) -> String {
        let summary = result.summary
        let seconds = result.seconds / .seconds(1)
        var lines = [headline(result), ""]
        let ratio = Int(Double(summary.length) / 1e9 / max(seconds, 0.001))
        lines.append(
            "  \(virtual(summary.length)) of virtual time in \(decimal(seconds)) s: "
                + "\(rate(summary, seconds)) seeds/s, \(ratio) times real time")
        lines.append(
            "  undecided \(summary.undecided.count), faults touched nothing in "
                + "\(summary.untouched.count)")
        for failure in summary.failures.prefix(failuresMax) {
            lines.append("  the harness failed on seed \(failure.seed): \(failure.reason)")
        }
        if summary.failures.count > failuresMax {
            lines.append("  … and on \(summary.failures.count - failuresMax) more")
        }
        for violation in summary.violations {
            let seeds = violation.seeds.prefix(8).map(String.init).joined(separator: " ")
            lines.append("")
            lines.append(
                "  \(violation.kind): \(violation.seeds.count) of "
                    + PluralText.count(summary.seeds, "seed"))
            lines.append("    seeds   \(seeds)\(violation.seeds.count > 8 ? " …" : "")")
        }
        lines += ["", "  What was reached (times, seeds):"]
        lines += coverage(summary)
        let missed = summary.coverage.missed(in: result.base.system).map(\.description)
        if !missed.isEmpty { lines += ["", "  Never reached: \(missed.joined(separator: "; "))"] }
        lines += ["", "  \(result.folder)/explore.json"]
        if failing.isCapped {
            lines.append(
                "  (seed files of \(FailingSeeds.scenariosMax) failing seeds; "
                    + "`\(Invocation.word) replay --workload W --seed N` has the others)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The runs that were kept, and what to do with them.
    static func runs(_ runs: [ExplorationResult.KeptRun]) -> String {
        runs.map { run in
            """

              \(run.kind):
                report  \(run.folder.report)
                again   \(Invocation.word) replay \(ShellWords.quoted(run.folder.path))
                smaller \(Invocation.word) shrink \(ShellWords.quoted(run.folder.path))

            """
        }.joined()
    }

    private static let failuresMax = 5

    private static func headline(_ result: ExplorationResult) -> String {
        let summary = result.summary
        let seeds = PluralText.count(summary.seeds, "seed")
        if result.isInterrupted, summary.verdict == .valid {
            return "UNKNOWN  interrupted; no violation in the \(seeds) judged by then"
        }
        let end = result.isInterrupted ? " (interrupted)" : ""
        return headline(summary, seeds) + end
    }

    private static func headline(_ summary: ExplorationSummary, _ seeds: String) -> String {
        switch summary.verdict {
        case .invalid: return "INVALID  \(summary.failing.count) of \(seeds) broke a promise"
        case .valid: return "VALID  no violation in \(seeds)"
        case .unknown where !summary.failures.isEmpty:
            return
                "UNKNOWN  the harness failed on \(PluralText.count(summary.failures.count, "seed"))"
        case .unknown where summary.seeds == 0: return "UNKNOWN  no seed was judged"
        case .unknown where summary.testedNothing:
            return "UNKNOWN  faults touched nothing in \(summary.untouched.count) of \(seeds); "
                + "give more time (--time-limit) or other faults"
        case .unknown:
            return "UNKNOWN  \(summary.undecided.count) of \(seeds) stayed undecided"
        }
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
