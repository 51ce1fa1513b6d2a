import HistoryModel

extension ObjectModel {
    /// A queue: first in, first out.
    public static let queue = ObjectModel(
        name: "queue", summary: "first in, first out: enqueue, dequeue (nil if empty)",
        noun: "queue", completions: ["enqueue": .echo, "dequeue": .answer], streamed: .queue
    ) { QueueProcedure($0) }
}
