internal import Checkers
internal import HistoryModel

extension Workload {
    /// Elements appended to many lists, and reads of the whole of them: linearizable.
    public static let append = drawn(
        "append", summary: "append to, read of many lists: linearizable",
        object: .list, streamed: .listAppend, [("append", 5, .fresh), (.read, 3, .none)]
    ) { _ in
        LastPhase(generator: Phases([FinalWrite("append"), FinalReads()]))
    } checkers: { _ in
        [LinearizabilityChecker(model: .listAppend)]
    }
}
