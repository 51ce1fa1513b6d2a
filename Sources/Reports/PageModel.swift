import HistoryModel

/// What the skeleton of the page is filled with: the head, and the sections in their order.
struct PageModel {
    var verdict: String
    var sentence: String
    var title: String
    var hasFacts: Bool
    var facts: [Fact]
    var command: String?
    var links: [ReportSection.Link]
    /// Each as HTML; all other texts are escaped by the template.
    var sections: [String]

    /// Renders the sections, which all apply, in their order.
    ///
    /// - Throws: What rendering a section throws.
    init(_ context: SectionContext, sections: [ReportSection]) throws {
        verdict = context.record.verdict.rawValue
        sentence = context.headline
        title = context.record.metadata?.id ?? "imported history"
        facts = Self.facts(context.figures)
        hasFacts = !facts.isEmpty
        command = context.command
        links = sections.flatMap { $0.links(in: context) }
        self.sections = try sections.map { try $0.render(context) }
    }
}
