internal import Checkers
internal import HistoryModel

extension Workload {
    /// Values told to any node, which all must come to know: convergence, and no value is lost.
    public static let broadcast = converging(
        "broadcast", summary: "values told to any node: all nodes come to know all of them",
        object: .set, functions: [.add, .read], also: SetFullChecker()
    ) { settings in
        Load(
            weights: [(.read, settings.read), (.add, settings.write)],
            generator: Additions(settings, to: .set))
    }
}
