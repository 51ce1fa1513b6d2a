internal import Checkers
internal import HistoryModel

extension Workload {
    /// Numbers added to many counters, and reads of them: linearizable.
    public static let counter = drawn(
        "counter", summary: "add, read of many counters: linearizable",
        object: .counter, streamed: .counter, [(.add, 5, .change), (.read, 4, .none)]
    ) { _ in
        LastPhase(generator: Phases([FinalWrite(.add), FinalReads()]))
    } checkers: { _ in
        [LinearizabilityChecker(model: .counter)]
    }
}
