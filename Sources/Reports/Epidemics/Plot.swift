import Foundation

/// A picture with two axes, as an SVG element in the units of the axes.
///
/// What a mark looks like follows from its classes in the style sheet; shapes differ as well, so that
/// nothing depends on colours alone.
struct Plot {
    /// One axis: what part of it is shown, and where it is labelled.
    struct Axis {
        var from: Double
        var to: Double
        var isLogarithmic = false
        var ticks: [(value: Double, text: String)]

        /// Where a value lies, from 0 to 1; values beyond the ends lie at the ends.
        func share(_ value: Double) -> Double {
            let value = min(max(value, from), to)
            if isLogarithmic { return log(value / from) / log(to / from) }
            return (value - from) / (to - from)
        }
    }

    enum Shape {
        case circle, square, triangle, diamond
    }

    private let width: Double
    private let height: Double
    private let x: Axis
    private let y: Axis
    private let title: String
    private var marks: [String] = []
    private static let margin = (left: 46.0, right: 14.0, top: 26.0, bottom: 24.0)

    /// Makes an empty picture.
    ///
    /// - Parameters:
    ///   - title: What is shown, above it and for those who can't see it.
    ///   - width: The width of the whole picture.
    ///   - height: The height of the whole picture.
    ///   - x: The horizontal axis.
    ///   - y: The vertical axis.
    init(_ title: String, width: Double, height: Double, x: Axis, y: Axis) {
        self.title = title
        self.width = width
        self.height = height
        self.x = x
        self.y = y
    }

    private func place(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
        let wide = width - Self.margin.left - Self.margin.right
        let high = height - Self.margin.top - Self.margin.bottom
        return (
            Self.margin.left + x.share(point.x) * wide,
            height - Self.margin.bottom - y.share(point.y) * high
        )
    }

    /// A line through points.
    mutating func line(_ points: [(x: Double, y: Double)], _ kind: String) {
        let path = points.map { point in
            let place = place(point)
            return "\(SVGText.number(place.x)),\(SVGText.number(place.y))"
        }
        marks.append("<polyline class=\"\(kind)\" points=\"\(path.joined(separator: " "))\"/>")
    }

    /// A point, with what it says when it is pointed at, and its vertical interval if it has one.
    mutating func point(
        _ point: (x: Double, y: Double), _ shape: Shape, _ kind: String, _ words: String,
        halfWidth: Double? = nil
    ) {
        if let halfWidth, halfWidth > 0 {
            let low = place((point.x, point.y - halfWidth))
            let high = place((point.x, point.y + halfWidth))
            marks.append(
                "<path class=\"interval \(kind)\" d=\"M\(SVGText.number(low.x)) \(SVGText.number(low.y))"
                    + "V\(SVGText.number(high.y))\"/>")
        }
        let (x, y) = place(point)
        marks.append(
            "<path class=\"mark \(kind)\" transform=\"translate(\(SVGText.number(x)) "
                + "\(SVGText.number(y)))\" d=\"\(Self.path(of: shape))\"><title>\(SVGText.escape(words))"
                + "</title></path>")
    }

    /// A word beside a point, moved by some units.
    mutating func label(
        _ text: String, at point: (x: Double, y: Double), moved: (x: Double, y: Double),
        anchor: String = "start"
    ) {
        let (x, y) = place(point)
        marks.append(
            "<text class=\"label\" x=\"\(SVGText.number(x + moved.x))\" "
                + "y=\"\(SVGText.number(y + moved.y))\" text-anchor=\"\(anchor)\">"
                + "\(SVGText.escape(text))</text>")
    }

    private static func path(of shape: Shape) -> String {
        switch shape {
        case .circle: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"
        case .square: "M-3.5-3.5h7v7h-7z"
        case .triangle: "M0-4.6L4.3 3.2H-4.3z"
        case .diamond: "M0-5L5 0L0 5L-5 0z"
        }
    }

    /// The picture; all texts are escaped.
    var svg: String {
        let left = SVGText.number(Self.margin.left)
        let right = SVGText.number(width - Self.margin.right)
        let bottom = height - Self.margin.bottom
        var text = """
            <svg class="plot" viewBox="0 0 \(SVGText.number(width)) \(SVGText.number(height))" \
            role="img" aria-label="\(SVGText.escape(title))">\
            <text class="title" x="\(left)" y="13">\(SVGText.escape(title))</text>
            """
        for tick in y.ticks {
            let at = SVGText.number(place((x.from, tick.value)).y)
            text += """
                <path class="grid" d="M\(left) \(at)H\(right)"/>\
                <text x="\(SVGText.number(Self.margin.left - 6))" y="\(at)" dy="3.5" \
                text-anchor="end">\(SVGText.escape(tick.text))</text>
                """
        }
        for tick in x.ticks {
            let at = SVGText.number(place((tick.value, y.from)).x)
            text += """
                <path class="axis" d="M\(at) \(SVGText.number(bottom))v4"/>\
                <text x="\(at)" y="\(SVGText.number(bottom + 16))" text-anchor="middle">\
                \(SVGText.escape(tick.text))</text>
                """
        }
        text += "<path class=\"axis\" d=\"M\(left) \(SVGText.number(bottom))H\(right)\"/>"
        return text + marks.joined() + "</svg>"
    }
}
