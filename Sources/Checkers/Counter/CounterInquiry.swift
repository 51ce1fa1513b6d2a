import HistoryModel

/// Decides about a counter: by the stream where it is increased by one only, else by search.
struct CounterInquiry: KeyInquiry {
    let method = KeyConclusion.Method.monitor
    let steps = 0
    let returnsDone = 0
    private let keyCase: KeyCase
    private let model: CounterModel
    private var replay = ObjectReplay()

    init(_ keyCase: KeyCase) {
        self.keyCase = keyCase
        model = CounterModel(initial: keyCase.initial)
    }

    var judged: Int { replay.judged }
    var concurrency: Int { replay.concurrency }

    mutating func advance(steps: Int) -> KeyFinding? {
        guard keyCase.method != .search else {
            return .passedOn(ModelInquiry(keyCase, model: model))
        }
        let stream = CounterStream(initial: keyCase.initial)
        replay = ObjectReplay(stream, keyCase.members, of: keyCase.operations)
        guard replay.end == .violation else {
            return replay.end == nil ? .valid : .passedOn(ModelInquiry(keyCase, model: model))
        }
        let count = CounterCount(
            keyCase.members, of: keyCase.operations, initial: model.initial, until: replay.time)
        guard let violation = count.violation() else { return .contradicted }
        return .invalid(count.finding(for: violation).counterexample(of: keyCase))
    }
}
