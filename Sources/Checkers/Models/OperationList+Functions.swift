import HistoryModel

extension OperationList {
    /// Whether one of the operations at these places has a function.
    func contains(_ function: Function, in members: [Int32]) -> Bool {
        guard let number = number(of: function) else { return false }
        return members.contains { packed[Int($0)].function == number }
    }
}
