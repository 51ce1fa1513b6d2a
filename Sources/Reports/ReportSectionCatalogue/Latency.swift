extension ReportSection {
    static let latency = ReportSection(
        id: "latency", title: "Latency", rank: 50,
        template: Asset.text(PackageResources.latency_html), model: LatencyModel.init)
}

/// How long successful operations took, by function.
struct LatencyModel {
    var isTimed: Bool
    var functions: [FunctionModel]
    /// The ends of the scale that all distributions share.
    var latencyScale: [Fact]
    var hasLatencies: Bool

    init(_ context: SectionContext) {
        isTimed = context.figures.isTimed
        (functions, latencyScale) = FunctionModel.all(context.figures)
        hasLatencies = !functions.isEmpty
    }
}
