public import Epidemics
public import HistoryModel
import Mustache

/// One run as one page: a file of HTML that needs no network and no other file.
public enum HTMLReport {
    /// The page of a run.
    ///
    /// Nothing that stands in the record is trusted: every text is escaped.
    /// - Parameters:
    ///   - record: The run; every part but the history may be missing.
    ///   - expected: How fast writes should spread, for a store that agrees in the end.
    /// - Returns: A whole HTML document; about 2 MB for 100,000 operations. Of a run of more than
    ///   200,000 operations the pictures show every n-th, and say so.
    /// - Throws: ``HistoryError`` if the events are not those of sequential processes.
    public static func render(
        _ record: RunRecord, expected: SimpleEpidemic? = nil
    ) throws -> String {
        try render(record, expected: expected, sections: ReportSection.all)
    }

    /// The page with those of the given sections that apply, in the given order.
    static func render(
        _ record: RunRecord, expected: SimpleEpidemic? = nil, sections: [ReportSection]
    ) throws -> String {
        let context = try SectionContext(record, expected: expected)
        let shown = sections.filter { $0.applies(to: context) }
        let template = try MustacheTemplate(string: Asset.text(PackageResources.skeleton_html))
        let page = Page(
            model: try PageModel(context, sections: shown),
            style: joined(Parts.styles + shown.map(\.style)),
            script: joined(Parts.scripts + shown.map(\.script) + [Parts.lastScript]),
            data: try context.data.json())
        return template.render(page)
    }

    private static func joined(_ texts: [String]) -> String {
        texts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private struct Page {
        let model: PageModel
        let style: String
        let script: String
        let data: String
    }

    private enum Parts {
        static let styles = [
            PackageResources.theme_css, PackageResources.page_css, PackageResources.figures_css,
            PackageResources.plots_css,
        ].map(Asset.text)

        /// In the order in which they use each other.
        static let scripts = [
            PackageResources.theme_js, PackageResources.data_js, PackageResources.view_js,
            PackageResources.track_js,
            PackageResources.cluster_js, PackageResources.spread_js, PackageResources.charts_js,
            PackageResources.operations_js, PackageResources.pointer_js,
        ].map(Asset.text)

        /// Draws all tracks and wires them up, also those that the sections' own scripts made.
        static let lastScript = Asset.text(PackageResources.page_js)
    }
}
