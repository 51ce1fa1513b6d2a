internal import ArgumentParser

/// How a command tells its result.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    /// For people.
    case text
    /// One JSON object on standard output and nothing else there.
    case json
}
