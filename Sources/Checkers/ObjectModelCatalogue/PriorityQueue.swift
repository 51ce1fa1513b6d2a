import HistoryModel

extension ObjectModel {
    /// A priority queue: the smallest value comes out first.
    public static let priorityQueue = ObjectModel(
        name: "priority-queue",
        summary: "smallest first out: insert, poll (nil if empty)", noun: "priority queue",
        completions: ["insert": .echo, "poll": .answer]
    ) { subhistory in
        let inserted = subhistory.own.filter { $0.function == "insert" }.map(\.input)
        let order = PriorityOrder(inserted + (subhistory.initial?.elements ?? []))
        return ValueIntervalProcedure(subhistory, PriorityRule.self, put: "insert", take: "poll") {
            PriorityQueueModel(initial: .list($0), order: order)
        }
    }
}
