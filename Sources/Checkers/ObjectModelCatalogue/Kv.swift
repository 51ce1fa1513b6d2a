import HistoryModel

extension ObjectModel {
    /// A text per key with get, put and append; starts empty.
    public static let kv = ObjectModel(
        name: "kv", summary: "a text per key: get, put, append; starts empty", noun: "key",
        completions: [
            .get: .answer, .put: .echo, .append: .echo, .read: .answer, .write: .echo,
            .cas: .comparison,
        ], streamed: .register(.keyValue)
    ) { subhistory in
        guard subhistory.operations.contains(.append, in: subhistory.members) else {
            return RegisterProcedure(subhistory, reading: .keyValue)
        }
        return TextProcedure(subhistory)
    }
}
