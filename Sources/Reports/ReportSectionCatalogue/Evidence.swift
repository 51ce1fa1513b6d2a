import HistoryModel

extension ReportSection {
    static let evidence = ReportSection(
        id: "evidence", title: "Evidence", rank: 10,
        template: Asset.text(PackageResources.evidence_html), model: EvidenceModel.init)
}

/// What was counted in the run, and what each checker says of it.
struct EvidenceModel {
    struct Share {
        var outcome: String
        var count: String
        var percent: String
        /// Of the width of the bar.
        var width: String
    }

    struct Checker {
        var name: String
        var verdict: String
        var reasons: [String]
        var measures: [Fact]
        /// Whether they need more room than a column.
        var hasManyMeasures: Bool
    }

    var operations: String
    var shares: [Share]
    var figures: [Fact]
    var notices: [String]
    var checkers: [Checker]

    init(_ context: SectionContext) {
        let record = context.record
        operations = Display.count(context.figures.operations.count)
        shares = Self.shares(context.figures)
        figures = Self.evidence(context.figures)
        notices = record.notices
        if !record.finished {
            notices.insert(
                "The record ends before the run did; operations still open count as unknown.", at: 0
            )
        }
        checkers = record.results.map { result in
            Checker(
                name: result.checker, verdict: result.verdict.rawValue,
                reasons: Self.reasons(of: result),
                measures: result.measures.map { Fact(name: $0.name, value: $0.value) },
                hasManyMeasures: result.measures.count > 8)
        }
    }

    /// Findings have a section of their own.
    private static func reasons(of result: CheckerResult) -> [String] {
        guard result.findings.count > 1, let first = result.reasons.first else {
            return result.reasons
        }
        let all = result.findings.count == 2 ? "Both" : "All \(result.findings.count)"
        return [first, "\(all) that are told stand below."]
    }
}
