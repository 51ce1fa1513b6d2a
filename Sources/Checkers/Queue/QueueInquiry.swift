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
        // The search finds it again, and tells what the monitor can't.
        guard model.initial.isEmpty,
            let history = QueueHistory(members: keyCase.members, of: keyCase.operations)
        else { return .passedOn(search) }
        var monitor = QueueMonitor(history)
        guard let violation = monitor.violation() else { return .contradicted }
        violationKind = violation.kind
        let finding = QueueNarrator(history).finding(for: violation)
        return ModelWalk.contradicts(finding.operations(of: keyCase), model)
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
        let plain = ModelInquiry(keyCase, model: model)
        guard !plain.hasStranger else { return plain }
        let dequeues = DequeueModel(keyCase)
        return ModelInquiry(
            keyCase, model: dequeues, by: dequeues.numbered, like: plain,
            provenBy: { [keyCase] culprit in
                CollectionProof(
                    keyCase, like: plain, put: "enqueue", failingAt: culprit,
                    model: { QueueModel(initial: $0.initial?.elements ?? []) },
                    search: { DequeueModel($0).search(bytesMax: $0.budget.bytes) })
            })
    }
}

extension DequeueModel {
    fileprivate init(_ keyCase: KeyCase) {
        self.init(
            keyCase.members.map { ($0, keyCase.operations[Int($0)]) },
            initial: keyCase.initial?.elements ?? [])
    }

    fileprivate func search(bytesMax: Int) -> ModelSearch {
        ModelSearch(ModelHistory(numbered, model: self), of: self, bytesMax: bytesMax)
    }
}
