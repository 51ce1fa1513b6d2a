import HistoryModel

extension ObjectModel {
    /// A list per key that is appended to and read as a whole.
    public static let listAppend = ObjectModel(
        name: "list-append", summary: "a list per key: append, read (the whole list)",
        noun: "list", completions: [.append: .echo, .read: .answer], streamed: .list
    ) { AppendListProcedure($0, kind: .list) { ListModel($0, initial: $1, tellsAllApart: $2) } }
}
