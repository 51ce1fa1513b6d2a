import HistoryModel
import Vocabulary

/// A counterexample as the template wants it.
struct CounterexampleModel {
    struct Row {
        var label: String
        var action: String
        var outcome: String
        var process: Int
        var node: String?
        var call: String
        var end: String
        var length: String
    }

    struct Arrow {
        var number: Int
        var before: String
        var after: String
        var because: String
    }

    var checker: String
    var key: String?
    var element: String?
    var summary: String
    /// Whether the page has not said the summary in its first sentence already.
    var isNews: Bool
    var steps: [String]
    var rows: [Row]
    var arrows: [Arrow]
    var hasArrows: Bool
    var drawing: String
    /// The window of the timeline to jump to, as `from,to` in ticks.
    var window: String?
    var isTimed: Bool

    init(_ counterexample: Counterexample, checker: String, headline: String, axis: TimeAxis) {
        let isTimed = axis.tick > 0
        self.checker = checker
        self.isTimed = isTimed
        key = counterexample.key
        element = counterexample.element
        summary = counterexample.summary
        isNews = summary != headline
        steps = counterexample.steps
        rows = counterexample.participants.map { participant in
            let call =
                isTimed ? Display.seconds(participant.callTime, places: 6) : "\(participant.call)"
            let time = participant.returnTime.map { Display.seconds($0, places: 6) }
            let end = isTimed ? time : participant.return.map { "\($0)" }
            let length = participant.returnTime.map { $0 - participant.callTime }
            return Row(
                label: participant.label, action: participant.action,
                outcome: participant.outcome, process: participant.process,
                node: participant.node?.description, call: call,
                end: participant.return == nil ? "open" : end ?? "–",
                length: participant.return == nil || !isTimed
                    ? "" : length.map(Display.length) ?? "")
        }
        arrows = counterexample.precedences.enumerated().map { position, precedence in
            Arrow(
                number: position + 1, before: precedence.before, after: precedence.after,
                because: precedence.because)
        }
        hasArrows = !arrows.isEmpty
        drawing = CounterexampleDrawing(counterexample).svg
        window = axis.window(of: counterexample).map { "\($0.lowerBound),\($0.upperBound)" }
    }
}
