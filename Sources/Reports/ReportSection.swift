import Mustache

/// A section of a run's page: where it stands, when it is shown, what it says and how it is drawn.
///
/// Every file of the folder `ReportSectionCatalogue` declares one, named like the file:
///
///     extension ReportSection {
///         static let notices = ReportSection(
///             id: "notices", title: "Notices", rank: 15,
///             template: """
///                 <section id="notices"><h2>Notices</h2>
///                 <div class="body">{{#texts}}<p>{{.}}</p>{{/texts}}</div></section>
///                 """,
///             applies: { !$0.record.notices.isEmpty }
///         ) { NoticesModel(texts: $0.record.notices) }
///     }
///
/// The template is filled with the section's own model; `{{name}}` escapes, `{{{name}}}` does not and is
/// only for markup that was made here.
struct ReportSection: Sendable {
    /// An entry of the page's navigation.
    struct Link: Equatable {
        /// The `id` of the element that it leads to.
        var id: String
        var title: String
    }

    let id: String
    /// Sections stand in the order of their ranks; those of the same rank by `id`.
    let rank: Int
    /// Rules of its own, behind those of all pages; they stand on a page only if the section does.
    let style: String
    /// Statements of its own, which may use all that the page's scripts declare.
    ///
    /// They run once, when the document is there, before the page draws its tracks for the first time.
    let script: String
    private let isShown: @Sendable (SectionContext) -> Bool
    private let makeLinks: @Sendable (SectionContext) -> [Link]
    private let makeHTML: @Sendable (SectionContext) throws -> String

    /// Declares a section.
    ///
    /// - Parameters:
    ///   - id: The `id` of its element on the page.
    ///   - title: Its name in the navigation.
    ///   - rank: Its place among the others; see ``rank``.
    ///   - template: Its HTML, in Mustache.
    ///   - style: See ``style``.
    ///   - script: See ``script``.
    ///   - applies: Whether the page of a run has the section.
    ///   - links: Its entries in the navigation, if they are not one with the title.
    ///   - model: Makes what the template is filled with; asked only if the section applies.
    init<Model>(
        id: String, title: String, rank: Int, template: String, style: String = "",
        script: String = "",
        applies: @escaping @Sendable (SectionContext) -> Bool = { _ in true },
        links: (@Sendable (SectionContext) -> [Link])? = nil,
        model: @escaping @Sendable (SectionContext) -> Model
    ) {
        self.id = id
        self.rank = rank
        self.style = style
        self.script = script
        isShown = applies
        makeLinks = links ?? { _ in [Link(id: id, title: title)] }
        makeHTML = { try MustacheTemplate(string: template).render(model($0)) }
    }

    /// Whether the page of a run has the section.
    func applies(to context: SectionContext) -> Bool { isShown(context) }

    /// The entries in the navigation.
    func links(in context: SectionContext) -> [Link] { makeLinks(context) }

    /// The section as HTML.
    ///
    /// - Throws: If the template is none.
    func render(_ context: SectionContext) throws -> String { try makeHTML(context) }
}

extension ReportSection {
    /// All sections, in the order in which a page has them.
    static let all = inOrder(entries)

    static func inOrder(_ sections: [ReportSection]) -> [ReportSection] {
        sections.sorted { ($0.rank, $0.id) < ($1.rank, $1.id) }
    }
}
