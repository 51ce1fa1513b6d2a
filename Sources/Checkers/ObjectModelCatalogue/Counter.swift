import HistoryModel

extension ObjectModel {
    /// A number that is increased blindly and read.
    public static let counter = ObjectModel(
        name: "counter", summary: "a number: add n, increment, decrement, add-and-get, read",
        noun: "counter",
        completions: [
            .add: .echo, "increment": .amount, "decrement": .amount,
            CounterModel.addAndGet: .answer, .read: .answer,
        ], streamed: .counter
    ) { CounterProcedure($0) }
}
