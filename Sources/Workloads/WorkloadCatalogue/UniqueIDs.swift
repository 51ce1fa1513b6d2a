internal import Checkers
internal import HistoryModel

extension Workload {
    /// Clients ask for ids, none of which may come twice.
    public static let uniqueIDs = Workload(
        "unique-ids", summary: "generate: no id is handed out twice",
        object: .ids, functions: ["generate"]
    ) { _ in
        Load(weights: [("generate", 1)], generator: Draws([("generate", 1, .none)]))
    } lastPhase: { _ in
        LastPhase(observers: [], generator: FinalWrite("generate", hasValue: false))
    } checkers: { _ in
        [UniqueIDsChecker()]
    }
}
