import HistoryModel

extension StateWalk {
    /// Walks through operations on an object of a model.
    init?<Model: SequentialModel>(_ model: Model, _ history: ModelHistory)
    where Model.State == State {
        self.init(
            history.operations, startingWith: [model.initial],
            Rules(
                step: { model.step($0, history.actions[Int(history.operations[$1].action)]) },
                bytes: model.bytes))
    }

    /// Whether trying every order finds one after all; false where there are too many orders.
    static func contradicts<Model: SequentialModel>(
        _ operations: [Operation], _ model: Model
    ) -> Bool where Model.State == State {
        let history = ModelHistory(operations.map { (0, $0) }, model: model)
        guard let walk = StateWalk(model, history) else { return false }
        return walk.impossible == nil
    }
}

extension StateWalk<Int32> {
    /// Walks through operations on a register, whose states are the numbers of its values.
    init?(_ history: RegisterHistory) {
        let operations = history.operations
        let values = Set(operations.flatMap { [$0.before, $0.after] })
        self.init(
            operations,
            startingWith: history.startsAnywhere
                ? values.union([RegisterHistory.somethingElse]) : [RegisterHistory.initialValue],
            Rules(
                step: { state, index in
                    let operation = operations[index]
                    guard !operation.observes || operation.before == state else { return [] }
                    return [operation.after]
                }, bytes: { _ in 0 }))
    }
}

extension RegisterHistory {
    /// The number that stands for any value that is not mentioned.
    static let somethingElse: Int32 = -1
}
