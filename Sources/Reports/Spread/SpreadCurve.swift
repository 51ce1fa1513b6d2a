import Epidemics
import Foundation
import Vocabulary

/// How writes spread by their age, as a picture: what was measured beside what is to be expected.
struct SpreadCurve {
    private static let points = 120
    private static let earliest: Nanoseconds = 1_000_000

    private(set) var svg: String

    /// Draws the curves.
    ///
    /// - Parameters:
    ///   - spread: What was measured.
    ///   - expected: What the settings promise; nil if nothing is known of them.
    ///   - hasFaults: Whether some writes met faults, and those that met none are drawn apart.
    init(_ spread: SpreadFigures, expected: SimpleEpidemic?, hasFaults: Bool) {
        let longest = max(spread.all.delays.last ?? 0, 100 * Self.earliest)
        let end = Self.roundTimes.first { $0 >= longest } ?? longest
        let times = (0...Self.points).map { step in
            Double(Self.earliest)
                * pow(Double(end) / Double(Self.earliest), Double(step) / Double(Self.points))
        }
        var plot = Plot(
            "Share of all nodes that have a write, by its age", width: 900, height: 260,
            x: .init(
                from: Double(Self.earliest), to: Double(end), isLogarithmic: true,
                ticks: Self.roundTimes.filter { $0 >= Self.earliest && $0 <= end }
                    .map { (Double($0), Display.shortLength($0)) }),
            y: .init(
                from: 0, to: 1,
                ticks: [0, 25, 50, 75, 100].map { (Double($0) / 100, "\($0) %") }))
        if let expected {
            let shares = expected.shares(at: times.map { $0 / 1e9 })
            plot.line(zip(times, shares).map { ($0, $1) }, "law")
        }
        func add(_ curve: SpreadFigures.Curve, _ kind: String) {
            guard curve.copyCount > 0 else { return }
            plot.line(times.map { ($0, curve.share(at: Nanoseconds($0))) }, kind)
        }
        add(spread.all, "copies all")
        if hasFaults { add(spread.calm, "copies calm") }
        svg = plot.svg
    }

    /// 1, 3, 10, … milliseconds and so on.
    private static let roundTimes: [Nanoseconds] =
        (6...11).flatMap { power -> [Nanoseconds] in
            let unit = Nanoseconds(pow(10, Double(power)))
            return [unit, 3 * unit]
        }
}

extension Display {
    /// A round length without decimals, such as `30 ms`.
    fileprivate static func shortLength(_ length: Nanoseconds) -> String {
        length >= 1_000_000_000 ? "\(length / 1_000_000_000) s" : "\(length / 1_000_000) ms"
    }
}
