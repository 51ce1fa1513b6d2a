public import Epidemics
import Mustache

/// A study of epidemics as one page: a file of HTML that needs no network and no other file.
public enum EpidemicsReport {
    /// Where a study came from.
    public struct Origin {
        /// Its name, which is its folder's.
        public var id: String
        /// When it began: ISO 8601, UTC.
        public var startedAt: String
        /// How long it took.
        public var length: Duration
        /// The command line that repeats it.
        public var command: [String]
        /// Versions of what took part.
        public var versions: [String: String]

        /// Names a study; see the properties.
        public init(
            id: String, startedAt: String, length: Duration, command: [String],
            versions: [String: String]
        ) {
            self.id = id
            self.startedAt = startedAt
            self.length = length
            self.command = command
            self.versions = versions
        }
    }

    /// The page of a study.
    ///
    /// - Parameters:
    ///   - study: What was measured; tables may be missing.
    ///   - origin: Where it came from.
    /// - Returns: A whole HTML document; all pictures are in it and need no script.
    /// - Throws: what Mustache throws of a template that is wrong.
    public static func render(_ study: EpidemicStudy, of origin: Origin) throws -> String {
        let template = try MustacheTemplate(string: Asset.text(PackageResources.epidemics_html))
        return template.render(
            Page(
                model: EpidemicsModel(study, origin),
                style: [
                    PackageResources.theme_css, PackageResources.page_css,
                    PackageResources.figures_css, PackageResources.plots_css,
                ].map(Asset.text).joined(separator: "\n"),
                script: Asset.text(PackageResources.theme_js)))
    }

    private struct Page {
        let model: EpidemicsModel
        let style: String
        let script: String
    }
}
