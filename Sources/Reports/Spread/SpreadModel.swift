import Epidemics
import HistoryModel
import Vocabulary

/// The section of the page about who knew what when.
struct SpreadModel {
    var curve: String
    /// What was measured, in a sentence.
    var measured: String
    var hasCalm: Bool
    /// What the settings promise, in words.
    var derivation: String
    /// n, and β with its unit.
    var siteCount: String
    var contactRate: String
    var hasExpectation: Bool
    var matrix: PropagationMatrix?
    var hasMatrix: Bool

    init(_ figures: RunFigures, expected: SimpleEpidemic?) {
        let spread = figures.spread
        curve =
            SpreadCurve(
                spread, expected: expected, hasFaults: !figures.faults.isEmpty
            ).svg
        hasCalm = spread.calm.copyCount > 0 && !figures.faults.isEmpty
        measured =
            Self.words(spread.all, "over all writes")
            + (hasCalm
                ? "; " + Self.words(spread.calm, "over those that no fault met") : "")
        hasExpectation = expected != nil
        derivation = expected?.derivation ?? ""
        siteCount = "\(expected?.siteCount ?? 0)"
        contactRate = Display.decimal(expected?.contactsPerSecond ?? 0, places: 1)
        matrix = figures.tellings
        hasMatrix = matrix != nil
    }

    private static func words(_ curve: SpreadFigures.Curve, _ which: String) -> String {
        let half = curve.time(ofThousandths: 500).map(Display.length) ?? "never"
        let nearlyAll = curve.time(ofThousandths: 990).map(Display.length) ?? "never"
        return "\(which) half of all copies had arrived after \(half), 99 of 100 after \(nearlyAll)"
    }
}
