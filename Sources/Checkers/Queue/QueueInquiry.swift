import HistoryModel

/// Decides about a queue: by the monitor where every value was enqueued once, else by search.
struct QueueInquiry: KeyInquiry {
    let method = KeyConclusion.Method.monitor
    let steps = 0
    let returnsDone = 0
    private let keyCase: KeyCase
    private let history: QueueHistory?

    init(_ keyCase: KeyCase) {
        self.keyCase = keyCase
        history =
            keyCase.method == .search
            ? nil : QueueHistory(members: keyCase.members, of: keyCase.operations)
    }

    var judged: Int { history?.operations.count ?? 0 }
    var concurrency: Int { history?.concurrency ?? 0 }

    mutating func advance(steps: Int) -> KeyFinding? {
        guard let history else {
            return .passedOn(ModelInquiry(keyCase, model: QueueModel()))
        }
        var monitor = QueueMonitor(history)
        guard let violation = monitor.violation() else { return .valid }
        let finding = QueueNarrator(history).finding(for: violation)
        return ModelWalk.contradicts(finding.operations(of: keyCase), QueueModel())
            ? .contradicted : .invalid(finding.counterexample(of: keyCase))
    }
}
