internal import Exploration
internal import HistoryModel

extension RunRecord {
    /// The kinds of violations that the checkers found.
    var violations: [String] { results.filter { $0.verdict == .invalid }.map(\.violation) }

    /// The verdict, with the kinds of violations.
    var verdictWithViolations: String {
        "\(verdict)" + (violations.isEmpty ? "" : " (\(violations.joined(separator: ", ")))")
    }
}
