import HistoryModel
import Vocabulary

/// A finding as a picture: a lane for each node, time to the right.
struct FindingDrawing {
    private static let width = 940.0
    private static let gutter = 40.0
    private static let lane = 22.0
    private static let top = 22.0
    /// More lanes than this tell nothing.
    static let nodesMax = 30

    private let events: FindingEvents
    private let faults: [FaultRecord]
    private let end: Instant
    /// The time that is shown.
    let window: (from: Instant, to: Instant)

    /// Chooses the time to show: from the first step to a little after the last.
    ///
    /// - Parameters:
    ///   - events: What happened; not empty.
    ///   - faults: All faults of the run.
    ///   - end: When the run ended.
    init(_ events: FindingEvents, faults: [FaultRecord], end: Instant) {
        self.events = events
        self.faults = faults
        self.end = end
        let first = events.steps.first?.time ?? .zero
        let last = events.steps.map { max($0.time, $0.taken ?? $0.time) }.max() ?? first
        let air = max((last - first) / 12, 2_000_000)
        window = (first + -air, last + air)
    }

    private func x(_ time: Instant) -> Double {
        let shown = min(max(time, window.from), window.to)
        let share = Double(shown - window.from) / Double(window.to - window.from)
        return Self.gutter + share * (Self.width - Self.gutter - 8)
    }

    private func y(_ place: Int) -> Double { Self.top + (Double(place) + 0.5) * Self.lane }

    private func place(of node: NodeID) -> Int? { events.nodes.firstIndex(of: node) }

    private var bottom: Double { Self.top + Double(events.nodes.count) * Self.lane }

    /// The picture as an SVG element; all texts are escaped.
    var svg: String {
        let height = bottom + 24
        let bands = faults.map(band(of:)).joined()
        let lanes = events.nodes.indices.map(lane(at:)).joined()
        let arrows = events.steps.map(arrow(of:)).joined()
        let marks = events.steps.map(mark(of:)).joined()
        return """
            <svg class="lanes" viewBox="0 0 \(SVGText.number(Self.width)) \
            \(SVGText.number(height))" role="img" \
            aria-label="What each node held, over time">\(bands)\(lanes)\(arrows)\(marks)\(axis)</svg>
            """
    }

    /// A fault that was at work in the window.
    private func band(of fault: FaultRecord) -> String {
        let until = fault.end ?? end
        guard fault.start < window.to, until > window.from else { return "" }
        let (left, right) = (x(fault.start), x(until))
        let name = right - left > 60 ? fault.kind : ""
        return """
            <rect class="band" x="\(SVGText.number(left))" y="14" \
            width="\(SVGText.number(max(1, right - left)))" \
            height="\(SVGText.number(bottom - 14))"><title>\(SVGText.escape(fault.kind)): \
            \(SVGText.escape(fault.summary))</title></rect>\
            <text class="fault" x="\(SVGText.number(left + 4))" y="11">\(SVGText.escape(name))</text>
            """
    }

    private func lane(at place: Int) -> String {
        let middle = y(place)
        var text = """
            <text class="node" x="0" y="\(SVGText.number(middle + 4))">\
            \(SVGText.escape(events.nodes[place].description))</text>
            """
        let spans = events.holdings[place]
        for (number, span) in spans.enumerated() {
            let until = number + 1 < spans.count ? spans[number + 1].time : end
            guard span.time < window.to, until > window.from else { continue }
            let (left, right) = (x(span.time), x(until))
            let isLine = [.nothing, .alive, .down].contains(span.holding)
            let high = isLine ? 2.0 : span.holding == .older ? 5.0 : 10.0
            text += """
                <rect class="\(span.holding.rawValue)" x="\(SVGText.number(left))" \
                y="\(SVGText.number(middle - high / 2))" \
                width="\(SVGText.number(max(1, right - left)))" height="\(SVGText.number(high))"/>
                """
        }
        return text
    }

    private func arrow(of step: FindingEvents.Step) -> String {
        guard step.kind == .told, let from = place(of: step.node),
            let other = step.other, let to = place(of: other)
        else { return "" }
        let (x1, y1) = (x(step.time), y(from))
        if let taken = step.taken {
            return line("told", x1, y1, x(taken), y(to))
        }
        // What nobody took ends on the way.
        let (x2, y2) = (x1 + 9, y1 + (y(to) - y1) * 0.6)
        return line("told vain", x1, y1, x2, y2)
            + line("cross", x2 - 3, y2 - 3, x2 + 3, y2 + 3)
            + line("cross", x2 - 3, y2 + 3, x2 + 3, y2 - 3)
    }

    private func line(
        _ kind: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double
    ) -> String {
        let numbers = [x1, y1, x2, y2].map(SVGText.number)
        return
            "<path class=\"\(kind)\" d=\"M\(numbers[0]) \(numbers[1])L\(numbers[2]) \(numbers[3])\"/>"
    }

    private func mark(of step: FindingEvents.Step) -> String {
        guard let place = place(of: step.node) else { return "" }
        let shape: String
        switch step.kind {
        case .written: shape = "M0-6.5L6.5 0L0 6.5L-6.5 0z"
        case .took: shape = "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"
        case .lost, .forgot: shape = "M-4.5-4.5h9v9h-9z"
        case .held: shape = "M0-5v10"
        case .told, .down, .up: return ""
        }
        let kind = "\(step.kind)"
        return """
            <path class="step \(kind)" transform="translate(\(SVGText.number(x(step.time))) \
            \(SVGText.number(y(place))))" d="\(shape)"><title>\(Display.seconds(step.time)) s: \
            \(SVGText.escape("\(step.node) \(step.words)"))</title></path>
            """
    }

    private var axis: String {
        let count = 5
        return (0...count).map { number in
            let time =
                window.from
                + (window.to - window.from) * Nanoseconds(number) / Nanoseconds(count)
            let anchor = number == 0 ? "start" : number == count ? "end" : "middle"
            return """
                <path class="axis" d="M\(SVGText.number(x(time))) \(SVGText.number(bottom))v4"/>\
                <text x="\(SVGText.number(x(time)))" y="\(SVGText.number(bottom + 17))" \
                text-anchor="\(anchor)">\(Display.seconds(time)) s</text>
                """
        }.joined()
            + """
            <path class="axis" d="M\(SVGText.number(Self.gutter)) \(SVGText.number(bottom))\
            H\(SVGText.number(Self.width - 8))"/>
            """
    }
}
