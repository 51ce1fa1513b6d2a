extension ReportSection {
    /// Only stores that agree in the end have it.
    static let spread = ReportSection(
        id: "spread", title: "Spread", rank: 60,
        template: Asset.text(PackageResources.spread_html),
        applies: { !$0.figures.spread.isEmpty },
        model: { SpreadModel($0.figures, expected: $0.expected) })
}
