import HistoryModel

/// Decides about a queue: by the monitor where every value was enqueued once, else by search.
struct QueueProcedure: DecisionProcedure {
    let method = KeyResult.Method.monitor
    let steps = 0
    let returnsDone = 0
    private let subhistory: Subhistory
    private let model: QueueModel
    private var replay = ObjectReplay()
    private(set) var violationKind: String?

    init(_ subhistory: Subhistory) {
        self.subhistory = subhistory
        model = QueueModel(initial: subhistory.initial?.elements ?? [])
    }

    var judged: Int { replay.judged }
    var concurrency: Int { replay.concurrency }

    mutating func advance(steps: Int) -> DecisionFinding? {
        guard subhistory.method != .search else { return .passedOn(search) }
        var pool = subhistory.operations.pool
        let stream = QueueStream(initial: model.initial.map { pool.code(of: $0) })
        replay = ObjectReplay(stream, subhistory.members, of: subhistory.operations)
        if replay.end == nil { return .valid }
        guard replay.end == .violation else { return undecided() }
        // What the monitor can't tell is found out by searches.
        guard model.initial.isEmpty,
            let history = QueueHistory(members: subhistory.members, of: subhistory.operations)
        else { return .passedOn(proof) }
        var monitor = QueueMonitor(history)
        guard let violation = monitor.violation() else { return .contradicted }
        violationKind = violation.kind
        let finding = QueueExplainer(history).finding(for: violation)
        return StateWalk.contradicts(finding.operations(of: subhistory), model)
            ? .contradicted : .invalid(finding.counterexample(of: subhistory))
    }

    /// Goes on where values come back, first by counting.
    private mutating func undecided() -> DecisionFinding {
        let bound = CountingBound(
            subhistory, put: "enqueue", take: "dequeue", initial: model.initial)
        guard let finding = bound.finding() else { return .passedOn(search) }
        violationKind = CountingBound.violationKind
        return .invalid(finding.counterexample(of: subhistory))
    }

    private var search: any DecisionProcedure {
        let whole = whole
        // An operation that is not known is named by whom it concerns.
        guard whole.unintelligible == nil else { return ModelProcedure(subhistory, model: model) }
        let dequeues = DequeueModel(subhistory, initial: model.initial)
        return ModelProcedure(
            subhistory, model: dequeues, by: dequeues.numbered, of: whole,
            provenBy: { [subhistory] in Self.proof(of: subhistory, $0) })
    }

    /// What shows that the stream is right.
    private var proof: any DecisionProcedure {
        let whole = whole
        guard whole.unintelligible == nil else { return ModelProcedure(subhistory, model: model) }
        let culprit = subhistory.members.first {
            let operation = subhistory.operations[Int($0)]
            return operation.return == replay.time || operation.call == replay.time
        }
        return Self.proof(
            of: subhistory,
            Refutation(
                culprit: culprit ?? 0, judged: whole.operations.count,
                concurrency: whole.concurrency, steps: 0))
    }

    private static func proof(
        of subhistory: Subhistory, _ refutation: Refutation
    ) -> CollectionProof<QueueModel> {
        CollectionProof(
            subhistory, refutation, put: "enqueue", model: { QueueModel(initial: $0) },
            search: {
                let dequeues = DequeueModel($0, initial: $1)
                let history = ModelHistory(dequeues.numbered, model: dequeues)
                return ModelSearch(history, of: dequeues, bytesMax: $0.budget.bytes)
            })
    }

    private var whole: ModelHistory {
        ModelHistory(members: subhistory.members, of: subhistory.operations, model: model)
    }
}

extension DequeueModel {
    fileprivate init(_ subhistory: Subhistory, initial: [Value]) {
        self.init(
            subhistory.members.map { ($0, subhistory.operations[Int($0)]) }, initial: initial)
    }
}
