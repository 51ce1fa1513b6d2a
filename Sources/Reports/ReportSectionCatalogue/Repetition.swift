import HistoryModel

extension ReportSection {
    static let repetition = ReportSection(
        id: "repeat", title: "Repeat", rank: 90,
        template: Asset.text(PackageResources.repetition_html),
        // Of a history that was recorded elsewhere there are only the words, at the page's end.
        links: { context in
            context.record.metadata == nil ? [] : [Link(id: "repeat", title: "Repeat")]
        },
        model: RepetitionModel.init)
}

/// What it takes to have the run again, and what the page's words mean.
struct RepetitionModel {
    var isImported: Bool
    var command: String?
    var configuration: String?
    var versions: [Fact]
    var hasVersions: Bool

    init(_ context: SectionContext) {
        let metadata = context.record.metadata
        isImported = metadata == nil
        command = context.command
        configuration = metadata.flatMap { $0.configuration.isEmpty ? nil : $0.configuration }
        versions = (metadata?.versions ?? [:]).sorted { $0.key < $1.key }
            .map { Fact(name: $0.key, value: $0.value) }
        hasVersions = !versions.isEmpty
    }
}
