import HistoryModel

/// Decides about a counter: by the stream where it is increased by one only, else by search.
struct CounterProcedure: DecisionProcedure {
    let method = KeyResult.Method.monitor
    let steps = 0
    let returnsDone = 0
    private let subhistory: Subhistory
    private let model: CounterModel
    private var replay = ObjectReplay()
    private(set) var violationKind: String?

    init(_ subhistory: Subhistory) {
        self.subhistory = subhistory
        model = CounterModel(initial: subhistory.initial)
    }

    var judged: Int { replay.judged }
    var concurrency: Int { replay.concurrency }

    mutating func advance(steps: Int) -> DecisionFinding? {
        guard subhistory.method != .search else {
            return search
        }
        let stream = CounterStream(initial: subhistory.initial)
        replay = ObjectReplay(stream, subhistory.members, of: subhistory.operations)
        guard replay.end == .violation else {
            return replay.end == nil ? .valid : search
        }
        let count = CounterCount(
            subhistory.members, of: subhistory.operations, initial: model.initial,
            until: replay.time)
        guard let violation = count.violation() else { return .contradicted }
        violationKind = violation.kind.rawValue
        return .invalid(count.finding(for: violation).counterexample(of: subhistory))
    }

    /// Leaves it to search, unless the sum may grow beyond what is counted.
    private var search: DecisionFinding {
        let limit = CounterModel.limit
        let own = subhistory.own
        if let event = own.first(where: \.isBeyondCounting)?.call {
            return .undecided(
                "the operation of event \(event) tells of 2^62 or more, which is not counted here")
        }
        var reach = model.initial.magnitude
        for operation in own
        where operation.function != .read && operation.outcome != .fail && reach < limit {
            let action = Action(operation.function, operation.input)
            reach += CounterModel.amount(action)?.magnitude ?? 0
        }
        guard reach < limit else {
            return .undecided("what was added may come to 2^62 or more, which is not counted here")
        }
        return .passedOn(ModelProcedure(subhistory, model: model))
    }
}

extension Operation {
    /// Whether a number that it tells of is not counted.
    fileprivate var isBeyondCounting: Bool {
        outcome != .fail
            && [input, output].contains { value in
                guard case .integer(let number) = value else { return false }
                return number.magnitude >= CounterModel.limit
            }
    }
}
