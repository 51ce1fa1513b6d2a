import HistoryModel

extension ObjectModel {
    /// Registers that are read and written several at a time.
    public static let multiRegister = ObjectModel(
        name: "multi-register", summary: "registers, several at once: txn [[r k v] [w k v]]",
        noun: "set of registers",
        completions: ["txn": .transaction, .read: .transaction, .write: .transaction]
    ) { subhistory in
        let model = MultiRegisterModel(initial: subhistory.initial ?? .null)
        return PhantomProcedure(
            subhistory, model.phantom, else: ModelProcedure(subhistory, model: model))
    }
}
