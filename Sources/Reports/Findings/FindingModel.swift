import HistoryModel
import Vocabulary

/// A finding as the template wants it: its story, a picture, and what happened step by step.
struct FindingModel {
    struct Row {
        var time: String
        var node: String
        var words: String
    }

    var kind: String
    var explanation: String
    /// Empty if the nodes' traces tell nothing of it.
    var drawing: String
    var hasDrawing: Bool
    /// Whether it is about who holds whom dead instead of a write.
    var isAboutNode: Bool
    var rows: [Row]
    /// Whether the steps are shown from the start.
    var isOpen: Bool
    /// Whether the marks are explained above the picture; once for alike findings.
    var hasLegend: Bool
    /// What the nodes hold at the end.
    var ending: String
    var stepCount: String
    /// The window of the timeline to jump to, as `from,to` in ticks.
    var window: String?

    /// No page needs more pictures than this.
    private static let drawingsMax = 12
    private static let rowsMax = 24

    /// All findings of a run, the gravest first.
    static func all(_ figures: RunFigures, axis: TimeAxis) -> [FindingModel] {
        let findings = figures.record.results.flatMap(\.findings)
        let traces = FindingTraces(findings, in: figures.record.traces)
        return findings.enumerated().map { number, finding in
            let events = FindingEvents(finding, in: traces, faults: figures.record.faults)
            var model = FindingModel(
                finding, figures, axis: axis, events: number < drawingsMax ? events : nil,
                isOpen: number == 0)
            model.hasLegend = number == 0 || findings[number - 1].kind != finding.kind
            return model
        }
    }

    private init(
        _ finding: CheckerResult.Finding, _ figures: RunFigures, axis: TimeAxis,
        events: FindingEvents?, isOpen: Bool
    ) {
        kind = finding.kind
        explanation = finding.explanation + "."
        isAboutNode = finding.node != nil && finding.key == nil
        self.isOpen = isOpen
        hasLegend = true
        let picture = events.flatMap { events in
            events.nodes.count > FindingDrawing.nodesMax
                ? nil
                : FindingDrawing(events, faults: figures.record.faults, end: figures.end)
        }
        drawing = picture?.svg ?? ""
        hasDrawing = picture != nil
        window = picture.map { "\(axis.ticks($0.window.from)),\(axis.ticks($0.window.to))" }
        let steps = events.map { Self.steps($0, figures.record.faults, picture) } ?? []
        ending = events.map { $0.ending.joined(separator: "; ") + "." } ?? ""
        stepCount = Display.count(steps.count, "step")
        rows = Self.shortened(steps)
    }

    /// What happened at the nodes, and to them, in the order of time.
    private static func steps(
        _ events: FindingEvents, _ faults: [FaultRecord], _ picture: FindingDrawing?
    ) -> [Row] {
        var steps = events.steps.map { (time: $0.time, node: "\($0.node)", words: $0.words) }
        if let window = picture?.window {
            for fault in faults {
                let name = "fault \(fault.id), \(fault.kind): \(fault.summary)"
                if fault.start > window.from, fault.start < window.to {
                    steps.append((fault.start, "", "\(name), begins"))
                }
                if let end = fault.end, end > window.from, end < window.to {
                    steps.append((end, "", "\(name), ends"))
                }
            }
        }
        return steps.sorted { $0.time < $1.time }
            .map { Row(time: Display.seconds($0.time, places: 6), node: $0.node, words: $0.words) }
    }

    /// The beginning and the end of a long story.
    private static func shortened(_ rows: [Row]) -> [Row] {
        guard rows.count > rowsMax else { return rows }
        let left = rows.count - rowsMax + 1
        return rows.prefix(rowsMax - 8) + [Row(time: "", node: "", words: "… \(left) more …")]
            + rows.suffix(7)
    }
}
