import HistoryModel

extension ReportSection {
    static let findings = ReportSection(
        id: "findings", title: "Findings", rank: 20,
        template: Asset.text(PackageResources.findings_html),
        applies: { context in context.record.results.contains { !$0.findings.isEmpty } },
        model: FindingsModel.init)
}

/// What went wrong, one by one.
struct FindingsModel {
    var findings: [FindingModel]

    init(_ context: SectionContext) {
        findings = FindingModel.all(context.figures, axis: context.axis)
    }
}
