internal import Checkers
internal import HistoryModel

extension Workload {
    /// Enqueues and dequeues of many queues: linearizable, and what goes in comes out once.
    public static let queue = drawn(
        "queue", summary: "enqueue, dequeue of many queues: linearizable, nothing lost or doubled",
        object: .queue, streamed: .queue,
        [("enqueue", 5, .fresh), ("dequeue", 4, .none)]
    ) { _ in
        LastPhase(observers: ["dequeue"], generator: Phases([FinalWrite("enqueue"), Drain()]))
    } checkers: { _ in
        [LinearizabilityChecker(model: .queue), TotalQueueChecker()]
    }
}
