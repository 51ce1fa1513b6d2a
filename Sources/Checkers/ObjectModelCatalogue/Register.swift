import HistoryModel

extension ObjectModel {
    /// The same as ``casRegister``, for histories without compare-and-set.
    public static let register = ObjectModel(
        name: "register", summary: "a register per key: read, write", noun: casRegister.noun,
        completions: casRegister.completions, streamed: .register(.register),
        procedure: casRegister.procedure)
}
