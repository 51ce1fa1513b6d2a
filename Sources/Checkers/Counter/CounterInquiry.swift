import HistoryModel

/// Decides about a counter: by the monitor where it is increased by one only, else by search.
struct CounterInquiry: KeyInquiry {
    let method = KeyConclusion.Method.monitor
    let steps = 0
    let returnsDone = 0
    private let keyCase: KeyCase
    private let model: CounterModel
    private let history: ModelHistory

    init(_ keyCase: KeyCase) {
        self.keyCase = keyCase
        model = CounterModel(initial: keyCase.initial)
        history = ModelHistory(members: keyCase.members, of: keyCase.operations, model: model)
    }

    var judged: Int { history.operations.count }
    var concurrency: Int { history.concurrency }

    mutating func advance(steps: Int) -> KeyFinding? {
        if keyCase.method != .search, history.unintelligible == nil,
            var monitor = CounterMonitor(history, initial: model.initial), monitor.isLinearizable()
        {
            return .valid
        }
        return .passedOn(ModelInquiry(keyCase, model: model))
    }
}
