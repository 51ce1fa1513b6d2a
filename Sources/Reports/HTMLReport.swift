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
        let figures = try RunFigures(record)
        let axis = TimeAxis(figures)
        let data = PageData(figures, axis: axis)
        let template = try MustacheTemplate(string: Asset.text(PackageResources.skeleton_html))
        let page = Page(
            model: PageModel(figures, axis: axis, data: data, expected: expected),
            style: Parts.style, script: Parts.script, data: try data.json())
        return template.render(page)
    }

    private struct Page {
        let model: PageModel
        let style: String
        let script: String
        let data: String
    }

    private enum Parts {
        static let style = [
            PackageResources.theme_css, PackageResources.page_css, PackageResources.figures_css,
            PackageResources.plots_css,
        ].map(Asset.text).joined(separator: "\n")

        /// In the order in which they use each other.
        static let script = [
            PackageResources.theme_js, PackageResources.data_js, PackageResources.view_js,
            PackageResources.track_js,
            PackageResources.cluster_js, PackageResources.spread_js, PackageResources.charts_js,
            PackageResources.operations_js, PackageResources.pointer_js, PackageResources.page_js,
        ].map(Asset.text).joined(separator: "\n")
    }
}
