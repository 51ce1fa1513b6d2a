internal import Checkers
internal import HistoryModel

extension Workload {
    /// Additions to many sets, and reads of the whole of them: linearizable, and no element is lost.
    public static let set = drawn(
        "set", summary: "add, read of many sets: linearizable, no element lost",
        object: .set, streamed: .set, [(.add, 5, .fresh), (.read, 2, .none)]
    ) { _ in
        LastPhase(generator: Phases([FinalWrite(.add), FinalReads()]))
    } checkers: { _ in
        [LinearizabilityChecker(model: .set), SetFullChecker()]
    }
}
