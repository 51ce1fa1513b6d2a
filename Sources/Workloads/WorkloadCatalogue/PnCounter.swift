internal import Checkers
internal import HistoryModel

extension Workload {
    /// Numbers added to a counter at any node: convergence, and the sum is right in the end.
    public static let pnCounter = converging(
        "pn-counter",
        summary: "numbers added to a counter at any node: the sum is right in the end",
        object: .counter, functions: [.add, .read], also: CounterSumChecker()
    ) { settings in
        Load(
            weights: [(.read, settings.read), (.add, settings.write)],
            generator: Additions(settings, to: .counter))
    }
}
