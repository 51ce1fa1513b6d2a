import HistoryModel

/// Decides about a queue: by the monitor where every value was enqueued once, else by search.
struct QueueInquiry: KeyInquiry {
    let method = KeyConclusion.Method.monitor
    let steps = 0
    let returnsDone = 0
    private let keyCase: KeyCase
    private let model: QueueModel
    private var replay = ObjectReplay()
    private(set) var violationKind: String?

    init(_ keyCase: KeyCase) {
        self.keyCase = keyCase
        model = QueueModel(initial: keyCase.initial?.elements ?? [])
    }

    var judged: Int { replay.judged }
    var concurrency: Int { replay.concurrency }

    mutating func advance(steps: Int) -> KeyFinding? {
        guard keyCase.method != .search else { return .passedOn(search) }
        var pool = keyCase.operations.pool
        let stream = QueueStream(initial: model.initial.map { pool.code(of: $0) })
        replay = ObjectReplay(stream, keyCase.members, of: keyCase.operations)
        if replay.end == nil { return .valid }
        guard replay.end == .violation else { return undecided() }
        // What the monitor can't tell is found out by searches.
        guard model.initial.isEmpty,
            let history = QueueHistory(members: keyCase.members, of: keyCase.operations)
        else { return .passedOn(proof) }
        var monitor = QueueMonitor(history)
        guard let violation = monitor.violation() else { return .contradicted }
        violationKind = violation.kind
        let finding = QueueNarrator(history).finding(for: violation)
        return StateWalk.contradicts(finding.operations(of: keyCase), model)
            ? .contradicted : .invalid(finding.counterexample(of: keyCase))
    }

    /// Goes on where values come back, first by counting.
    private mutating func undecided() -> KeyFinding {
        let supply = Supply(keyCase, put: "enqueue", take: "dequeue", initial: model.initial)
        guard let finding = supply.finding() else { return .passedOn(search) }
        violationKind = Supply.violationKind
        return .invalid(finding.counterexample(of: keyCase))
    }

    private var search: any KeyInquiry {
        let whole = whole
        // An operation that is not known is named by whom it concerns.
        guard whole.unintelligible == nil else { return ModelInquiry(keyCase, model: model) }
        let dequeues = DequeueModel(keyCase, initial: model.initial)
        return ModelInquiry(
            keyCase, model: dequeues, by: dequeues.numbered, of: whole,
            provenBy: { [keyCase] in Self.proof(of: keyCase, $0) })
    }

    /// What shows that the stream is right.
    private var proof: any KeyInquiry {
        let whole = whole
        guard whole.unintelligible == nil else { return ModelInquiry(keyCase, model: model) }
        let culprit = keyCase.members.first {
            let operation = keyCase.operations[Int($0)]
            return operation.return == replay.time || operation.call == replay.time
        }
        return Self.proof(
            of: keyCase,
            Refutation(
                culprit: culprit ?? 0, judged: whole.operations.count,
                concurrency: whole.concurrency, steps: 0))
    }

    private static func proof(
        of keyCase: KeyCase, _ refutation: Refutation
    ) -> CollectionProof<QueueModel> {
        CollectionProof(
            keyCase, refutation, put: "enqueue", model: { QueueModel(initial: $0) },
            search: {
                let dequeues = DequeueModel($0, initial: $1)
                let history = ModelHistory(dequeues.numbered, model: dequeues)
                return ModelSearch(history, of: dequeues, bytesMax: $0.budget.bytes)
            })
    }

    private var whole: ModelHistory {
        ModelHistory(members: keyCase.members, of: keyCase.operations, model: model)
    }
}

extension DequeueModel {
    fileprivate init(_ keyCase: KeyCase, initial: [Value]) {
        self.init(
            keyCase.members.map { ($0, keyCase.operations[Int($0)]) }, initial: initial)
    }
}
