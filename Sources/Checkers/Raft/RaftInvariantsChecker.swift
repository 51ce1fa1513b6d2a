public import HistoryModel

/// Judges the promises of Raft itself by the traces of its nodes: elections, logs and commits.
///
/// Where traces are missing it accuses only of what no missing line explains, such as two leaders
/// of one term, and counts what it could not compare.
///
/// Source: Raft (Ongaro & Ousterhout 2014), Figure 3.
public struct RaftInvariantsChecker: Sendable {
    /// The name of this checker.
    public static let name = "invariants"
    /// How many violations of one promise are told; the rest is counted.
    private static let explanationsMax = 3
    private static let traceNames: Set<String> = [
        "leader", "voted", "appended", "truncated", "committed",
    ]

    /// Makes the checker.
    public init() {}

    /// Judges a run; nil if it is none of Raft.
    ///
    /// Unknown if clients were answered, so that there was an election and something was committed, and
    /// the traces tell too little of it.
    /// - Complexity: O(n) in the number of trace events, besides sorting the commits and the
    ///   elections, and a walk along the entries that each new leader had beyond the last commit.
    public func check(_ record: RunRecord) -> CheckerResult? {
        guard
            record.metadata?.system == "raft"
                || record.traces.contains(where: { Self.traceNames.contains($0.name) })
        else { return nil }
        var audit = RaftAudit(record.traces)
        audit.checkLeaderCompleteness()
        audit.checkStateMachineSafety()
        let hasGaps = !record.gapsInTraces.isEmpty
        let violations = audit.violations.filter { !hasGaps || $0.invariant.isProvenDespiteGaps }
        let broken = RaftInvariant.allCases.filter { invariant in
            violations.contains { $0.invariant == invariant }
        }
        guard !hasGaps || !broken.isEmpty else { return .gapsInTraces(Self.name) }
        var result = CheckerResult(
            checker: Self.name, verdict: broken.isEmpty ? .valid : .invalid,
            kind: broken.first?.rawValue,
            reasons: broken.flatMap { reasons($0, in: violations) },
            measures: [
                .init("elections", "\(audit.elections.count)"),
                .init("log positions", "\(audit.tree.positions.count - 1)"),
                .init(
                    "commits",
                    audit.commits.isEmpty ? "not in the traces" : "\(audit.commitCount)"),
                .init("positions compared", "\(audit.compared)"),
                .init("positions not comparable", "\(audit.incomparable)"),
            ])
        if let doubt = doubt(audit, record), broken.isEmpty {
            result.verdict = .unknown
            result.reasons = [doubt]
        }
        return result
    }

    /// Why the traces prove nothing, if so.
    private func doubt(_ audit: RaftAudit, _ record: RunRecord) -> String? {
        guard record.history.events.contains(where: { $0.type == .ok }) else { return nil }
        if audit.elections.isEmpty {
            return "clients were answered, but no trace tells of a leader"
        }
        if audit.commits.isEmpty { return "clients were answered, but no trace tells of a commit" }
        if audit.incomparable > audit.compared {
            return "traces are missing: \(audit.incomparable) committed positions could not be "
                + "compared, \(audit.compared) could"
        }
        return nil
    }

    private func reasons(_ invariant: RaftInvariant, in violations: [RaftViolation]) -> [String] {
        let explanations = violations.filter { $0.invariant == invariant }.map(\.explanation)
        let rest = explanations.count - Self.explanationsMax
        return explanations.prefix(Self.explanationsMax).map { "\(invariant.rawValue): \($0)" }
            + (rest > 0 ? ["\(invariant.rawValue): and \(rest) more like these"] : [])
    }
}
