import HistoryModel

/// Decides about a queue: by the monitor where every value was enqueued once, else by search.
struct QueueInquiry: KeyInquiry {
    let method = KeyConclusion.Method.monitor
    let steps = 0
    let returnsDone = 0
    private let keyCase: KeyCase
    private let model: QueueModel
    private var figures = ReplayFigures()

    init(_ keyCase: KeyCase) {
        self.keyCase = keyCase
        model = QueueModel(initial: keyCase.initial?.elements ?? [])
    }

    var judged: Int { figures.judged }
    var concurrency: Int { figures.concurrency }

    mutating func advance(steps: Int) -> KeyFinding? {
        guard keyCase.method != .search else {
            return .passedOn(ModelInquiry(keyCase, model: model))
        }
        var pool = keyCase.operations.pool
        var stream = QueueStream(initial: model.initial.map { pool.code(of: $0) })
        figures = stream.replay(keyCase.members, of: keyCase.operations)
        if stream.end == nil { return .valid }
        // The search finds it again, and tells what the monitor can't.
        let search = ModelInquiry(keyCase, model: model, isProven: stream.end == .violation)
        guard stream.end == .violation, model.initial.isEmpty,
            let history = QueueHistory(members: keyCase.members, of: keyCase.operations)
        else { return .passedOn(search) }
        var monitor = QueueMonitor(history)
        guard let violation = monitor.violation() else { return .contradicted }
        let finding = QueueNarrator(history).finding(for: violation)
        return ModelWalk.contradicts(finding.operations(of: keyCase), model)
            ? .contradicted : .invalid(finding.counterexample(of: keyCase))
    }
}
