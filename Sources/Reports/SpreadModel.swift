import HistoryModel
import Vocabulary

/// The section of the page about who knew what when.
struct SpreadModel {
    /// A line of the grid behind the curve.
    struct Line {
        var x: String
        var y: String
        var text: String
    }

    /// The points of the curve in a picture 600 wide and 120 high.
    var curve: String
    var times: [Line]
    var shares: [Line]
    /// When half of all copies had arrived, and 99 of 100.
    var half: String
    var nearlyAll: String
    var matrix: TellingMatrix?
    var hasMatrix: Bool

    /// Nil if the nodes traced no writes.
    init?(_ figures: RunFigures) {
        let spread = figures.spread
        guard !spread.rows.isEmpty, !spread.curve.isEmpty else { return nil }
        let bins = SpreadFigures.curveBins
        curve = spread.curve.enumerated().map { step, share in
            "\(step * 600 / bins),\(120 - share * 120 / 1000)"
        }.joined(separator: " ")
        times = stride(from: 0, through: bins, by: bins / 4).map { step in
            Line(
                x: "\(step * 600 / bins)", y: "134",
                text: step == 0 ? "0" : Display.length(spread.curveStep * Nanoseconds(step)))
        }
        shares = [0, 50, 100].map { Line(x: "0", y: "\(120 - $0 * 120 / 100)", text: "\($0) %") }
        half = Self.moment(500, of: spread)
        nearlyAll = Self.moment(990, of: spread)
        matrix = figures.tellings
        hasMatrix = matrix != nil
    }

    private static func moment(_ share: Int, of spread: SpreadFigures) -> String {
        guard let step = spread.curve.firstIndex(where: { $0 >= share }) else { return "never" }
        return Display.length(spread.curveStep * Nanoseconds(step))
    }
}
