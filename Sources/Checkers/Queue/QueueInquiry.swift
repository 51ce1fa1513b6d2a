import HistoryModel

/// Decides about a queue: by the monitor where every value was enqueued once, else by search.
struct QueueInquiry: KeyInquiry {
    let method = KeyConclusion.Method.monitor
    let steps = 0
    let returnsDone = 0
    private let keyCase: KeyCase
    private let model: QueueModel
    private var replay = ObjectReplay()

    init(_ keyCase: KeyCase) {
        self.keyCase = keyCase
        model = QueueModel(initial: keyCase.initial?.elements ?? [])
    }

    var judged: Int { replay.judged }
    var concurrency: Int { replay.concurrency }

    mutating func advance(steps: Int) -> KeyFinding? {
        guard keyCase.method != .search else {
            return .passedOn(ModelInquiry(keyCase, model: model))
        }
        var pool = keyCase.operations.pool
        let stream = QueueStream(initial: model.initial.map { pool.code(of: $0) })
        replay = ObjectReplay(stream, keyCase.members, of: keyCase.operations)
        if replay.end == nil { return .valid }
        // The search finds it again, and tells what the monitor can't.
        let search = ModelInquiry(keyCase, model: model, isProven: replay.end == .violation)
        guard replay.end == .violation, model.initial.isEmpty,
            let history = QueueHistory(members: keyCase.members, of: keyCase.operations)
        else { return .passedOn(search) }
        var monitor = QueueMonitor(history)
        guard let violation = monitor.violation() else { return .contradicted }
        let finding = QueueNarrator(history).finding(for: violation)
        return ModelWalk.contradicts(finding.operations(of: keyCase), model)
            ? .contradicted : .invalid(finding.counterexample(of: keyCase))
    }
}
