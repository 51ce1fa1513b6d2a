import HistoryModel

/// A counterexample as a picture: a row for each process, a bar for each operation.
///
/// The horizontal axis is the order of events, not time: what decides is which call came before
/// which return, and operations of microseconds may lie seconds apart.
struct CounterexampleDrawing {
    private struct Bar {
        var participant: Counterexample.Participant
        var row: Int
        var start = 0.0
        var end = 0.0
        var isOpen: Bool { participant.return == nil }
    }

    private static let rowHeight = 64.0
    private static let barTop = 30.0
    private static let barHeight = 14.0
    private static let gutter = 56.0
    /// What the picture fills if it can, and the room between two ends in it.
    private static let widthWanted = 930.0
    private static let gaps = 34.0...110.0
    private static let actionMax = 40
    private static let characterWidth = 7.5
    private static let top = 14.0

    private var bars: [Bar] = []
    private var processes: [Int] = []
    private var width = 0.0
    private let precedences: [Counterexample.Precedence]

    /// Lays out the picture.
    init(_ counterexample: Counterexample) {
        precedences = counterexample.precedences
        for participant in counterexample.participants
        where !processes.contains(participant.process) {
            processes.append(participant.process)
        }
        processes.sort()
        bars = counterexample.participants.map { participant in
            Bar(participant: participant, row: processes.firstIndex(of: participant.process) ?? 0)
        }
        layOut()
    }

    /// Places every call and return in the order of events, a bar's text never under the next.
    private mutating func layOut() {
        var ends: [(index: Int, bar: Int, isCall: Bool)] = []
        for (position, bar) in bars.enumerated() {
            ends.append((bar.participant.call, position, true))
            if let index = bar.participant.return { ends.append((index, position, false)) }
        }
        ends.sort { ($0.index, $0.isCall ? 0 : 1) < ($1.index, $1.isCall ? 0 : 1) }
        let share = (Self.widthWanted - Self.gutter) / Double(ends.count + 1)
        let gap = min(max(share, Self.gaps.lowerBound), Self.gaps.upperBound)
        var x = Self.gutter + 12
        var textEnds = [Double](repeating: 0, count: processes.count)
        for (place, end) in ends.enumerated() {
            if place > 0 { x += gap }
            let row = bars[end.bar].row
            if end.isCall {
                x = max(x, textEnds[row] + 14)
                bars[end.bar].start = x
                textEnds[row] = x + textWidth(of: bars[end.bar].participant)
            } else {
                bars[end.bar].end = x
            }
        }
        width = max(x + gap, (textEnds.max() ?? 0) + 16, Self.widthWanted)
        for position in bars.indices where bars[position].isOpen { bars[position].end = width }
    }

    private func textWidth(of participant: Counterexample.Participant) -> Double {
        Double(Self.shortened(participant.action).count) * Self.characterWidth + 30
    }

    private static func shortened(_ action: String) -> String {
        action.count <= actionMax ? action : action.prefix(actionMax - 1) + "…"
    }

    /// The picture as an SVG element; all texts are escaped.
    var svg: String {
        let height = Self.top + Double(processes.count) * Self.rowHeight + 10
        var text = """
            <svg class="order" viewBox="0 0 \(SVGText.number(width)) \(SVGText.number(height))" \
            style="width:\(SVGText.number(width))px" role="img" \
            aria-label="The operations in the order of their calls and returns">
            <defs>
            <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" \
            orient="auto"><path d="M0 .8 7.4 4 0 7.2z"/></marker>
            <linearGradient id="open"><stop offset="0" stop-opacity=".9"/>\
            <stop offset=".75" stop-opacity=".45"/><stop offset="1" stop-opacity="0"/></linearGradient>
            </defs>

            """
        for (row, process) in processes.enumerated() {
            let y = Self.top + Double(row) * Self.rowHeight + Self.barTop + Self.barHeight / 2
            text += """
                <text class="row" x="0" y="\(SVGText.number(y + 4))">p\(process)</text>\
                <line class="rail" x1="\(SVGText.number(Self.gutter))" x2="\(SVGText.number(width))" \
                y1="\(SVGText.number(y))" y2="\(SVGText.number(y))"/>

                """
        }
        text += bars.map(rectangle(of:)).joined(separator: "\n")
        for (position, precedence) in precedences.enumerated() {
            text += svg(of: precedence, number: position + 1) + "\n"
        }
        // Texts come last: an arrow passes below them.
        return text + bars.map(text(of:)).joined(separator: "\n") + "</svg>"
    }

    private func rectangle(of bar: Bar) -> String {
        let top = Self.top + Double(bar.row) * Self.rowHeight + Self.barTop
        let kind = SVGText.escape(bar.participant.outcome) + (bar.isOpen ? " open" : "")
        return """
            <g class="bar \(kind)"><rect x="\(SVGText.number(bar.start))" y="\(SVGText.number(top))" \
            width="\(SVGText.number(max(3, bar.end - bar.start)))" \
            height="\(SVGText.number(Self.barHeight))" rx="2"/></g>
            """
    }

    private func text(of bar: Bar) -> String {
        let top = Self.top + Double(bar.row) * Self.rowHeight
        return """
            <text class="action" x="\(SVGText.number(bar.start))" y="\(SVGText.number(top + 21))">\
            <tspan class="label">\(SVGText.escape(bar.participant.label))</tspan>\
            <tspan dx="8">\(SVGText.escape(Self.shortened(bar.participant.action)))</tspan></text>
            """
    }

    private func svg(of precedence: Counterexample.Precedence, number: Int) -> String {
        guard let from = bars.first(where: { $0.participant.label == precedence.before }),
            let to = bars.first(where: { $0.participant.label == precedence.after })
        else { return "" }
        // Real time leads from a return to a call further right; anything else between middles.
        let isRealTime = !from.isOpen && from.end <= to.start
        let x1 = isRealTime ? from.end : from.start + min(from.end - from.start, 90) / 2
        let x2 = isRealTime ? to.start : to.start + min(to.end - to.start, 90) / 2
        let middle = Self.barTop + Self.barHeight / 2
        let downwards = from.row < to.row ? 1.0 : from.row > to.row ? -1.0 : 0
        let edge = isRealTime ? 0 : Self.barHeight / 2
        let y1 = Self.top + Double(from.row) * Self.rowHeight + middle + downwards * edge
        let y2 = Self.top + Double(to.row) * Self.rowHeight + middle - downwards * (edge + 2)
        // Arrows by the values bow out, each further, so that they keep off those by real time.
        let cx = (x1 + x2) / 2 + (isRealTime ? 0 : 70 + Double(number) * 8)
        let cy = (y1 + y2) / 2 + (downwards == 0 ? 26 : 0)
        let (bx, by) = ((x1 + 2 * cx + x2) / 4, (y1 + 2 * cy + y2) / 4)
        let kind = isRealTime ? "precedence" : "precedence by-value"
        let reason = "\(precedence.before) before \(precedence.after): \(precedence.because)"
        return """
            <g class="\(kind)" data-precedence="\(number)"><title>\(SVGText.escape(reason))</title>\
            <path class="hit" d="\(Self.path(x1, y1, cx, cy, x2, y2))"/>\
            <path class="line" marker-end="url(#arrow)" d="\(Self.path(x1, y1, cx, cy, x2, y2))"/>\
            <circle cx="\(SVGText.number(bx))" cy="\(SVGText.number(by))" r="8"/>\
            <text x="\(SVGText.number(bx))" y="\(SVGText.number(by + 3.5))">\(number)</text></g>
            """
    }

    private static func path(
        _ x1: Double, _ y1: Double, _ cx: Double, _ cy: Double, _ x2: Double, _ y2: Double
    ) -> String {
        "M\(SVGText.number(x1)) \(SVGText.number(y1))Q\(SVGText.number(cx)) \(SVGText.number(cy)) \(SVGText.number(x2)) \(SVGText.number(y2))"
    }
}
