import HistoryModel

extension ObjectModel {
    /// A stack: last in, first out.
    public static let stack = ObjectModel(
        name: "stack", summary: "last in, first out: push, pop (nil if empty)", noun: "stack",
        completions: ["push": .echo, "pop": .answer]
    ) {
        ValueIntervalProcedure($0, StackRule.self, put: "push", take: "pop") {
            StackModel(initial: $0)
        }
    }
}
