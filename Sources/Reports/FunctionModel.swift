import HistoryModel
import Vocabulary

/// The latencies of one function as the template wants them.
struct FunctionModel {
    struct Bin {
        var x: Int
        var y: String
        var height: String
    }

    static let bins = 64

    var name: String
    var ok: String
    var p50: String
    var p95: String
    var p99: String
    var max: String
    /// Bars of the distribution in a picture 64 wide and 20 high, latency growing by ratio.
    var distribution: [Bin]

    /// All functions, and the ends of the scale that their distributions share.
    static func all(_ figures: RunFigures) -> ([FunctionModel], [Fact]) {
        let measured = figures.functions.filter { !$0.latencies.isEmpty }
        guard figures.isTimed,
            let low = measured.compactMap(\.latencies.first).min(),
            let high = measured.compactMap(\.latencies.last).max()
        else { return ([], []) }
        let models = measured.map { FunctionModel($0, from: low, to: high) }
        let scale = [
            Fact(name: "low", value: Display.length(low)),
            Fact(name: "high", value: Display.length(high)),
        ]
        return (models, scale)
    }

    private init(_ figures: FunctionFigures, from low: Nanoseconds, to high: Nanoseconds) {
        func text(_ share: Double) -> String {
            figures.quantile(share).map(Display.length) ?? "–"
        }
        name = figures.function.rawValue
        ok = Display.count(figures.ok)
        (p50, p95, p99, max) = (text(0.5), text(0.95), text(0.99), text(1))
        let counts = figures.histogram(from: low, to: high, bins: Self.bins)
        let largest = Double(counts.max() ?? 1)
        distribution = counts.enumerated().compactMap { position, count in
            guard count > 0 else { return nil }
            // The square root keeps a tail of single operations visible.
            let height = Swift.max(1, 20 * (Double(count) / largest).squareRoot())
            return Bin(
                x: position, y: Display.decimal(20 - height, places: 1),
                height: Display.decimal(height, places: 1))
        }
    }
}
