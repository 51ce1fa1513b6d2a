extension ReportSection {
    static let timeline = ReportSection(
        id: "timeline", title: "Timeline", rank: 40,
        template: Asset.text(PackageResources.timeline_html), model: TimelineModel.init)
}

/// The words around the pictures of all operations, which the page's script draws.
struct TimelineModel {
    /// What a row of the picture stands for.
    var rowName: String
    var sampleNote: String?
    var hasFaults: Bool

    init(_ context: SectionContext) {
        let operations = context.data.operations
        rowName = operations.rowName
        if operations.stride > 1 {
            sampleNote =
                "The pictures show one of every \(operations.stride) ok and failed operations, "
                + "rates scaled to match; the run file has them all."
        }
        hasFaults = !context.figures.faults.isEmpty
    }
}
