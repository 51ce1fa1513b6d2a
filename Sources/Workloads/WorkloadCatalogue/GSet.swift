internal import Checkers
internal import HistoryModel

extension Workload {
    /// Elements added to a set at any node: as for broadcasts, with as many reads as additions.
    public static let gSet = converging(
        "g-set", summary: "elements added to a set at any node: none is lost, all agree in the end",
        object: .set, functions: [.add, .read], also: SetFullChecker()
    ) { settings in
        Load(
            weights: [(.read, settings.read), (.add, settings.write)],
            generator: Additions(settings, to: .set))
    }
}
