import HistoryModel

/// Decides about a collection that only grows: by the monitor where that can, else by search.
struct ChainInquiry<Model: SequentialModel>: KeyInquiry {
    let method = KeyConclusion.Method.monitor
    let steps = 0
    let returnsDone = 0
    private let keyCase: KeyCase
    private let kind: ChainHistory.Kind
    private var replay = ObjectReplay()
    private(set) var violationKind: String?
    /// Makes the model of operations, which begins with a value; says whether its states are for people.
    private let model: @Sendable ([Operation], Value?, Bool) -> Model

    init(
        _ keyCase: KeyCase, kind: ChainHistory.Kind,
        model: @escaping @Sendable ([Operation], Value?, Bool) -> Model
    ) {
        self.keyCase = keyCase
        self.model = model
        self.kind = kind
    }

    var judged: Int { replay.judged }
    var concurrency: Int { replay.concurrency }

    mutating func advance(steps: Int) -> KeyFinding? {
        guard keyCase.method != .search else { return .passedOn(search(isRefuted: false)) }
        let stream = ChainStream(kind: kind, initial: keyCase.initial)
        replay = ObjectReplay(stream, keyCase.members, of: keyCase.operations)
        if replay.end == nil { return .valid }
        let isEmpty = keyCase.initial == nil || keyCase.initial == .list([])
        guard replay.end == .violation, isEmpty,
            let history = ChainHistory(members: keyCase.members, of: keyCase.operations, kind: kind)
        else { return count(isRefuted: replay.end == .violation) }
        guard let violation = ChainMonitor(history).violation() else { return .contradicted }
        violationKind = violation.kind
        let (finding, elements) = ChainNarrator(history).finding(for: violation)
        // Who takes part is judged as if no other elements had ever been there.
        let part = finding.operations(of: keyCase).map { original in
            var operation = original
            if case .list(let all) = original.output {
                operation.output = .list(all.filter { elements.contains($0) })
            }
            return operation
        }
        return StateWalk.contradicts(part, model(part, nil, true))
            ? .contradicted : .invalid(finding.counterexample(of: keyCase))
    }

    /// Goes on where elements come back, first by counting.
    private mutating func count(isRefuted: Bool) -> KeyFinding {
        guard let (finding, kind) = WholeReadCount(keyCase, kind)?.finding() else {
            return .passedOn(search(isRefuted: isRefuted))
        }
        violationKind = kind
        return .invalid(finding.counterexample(of: keyCase))
    }

    private func search(isRefuted: Bool) -> ModelInquiry<Model> {
        ModelInquiry(
            keyCase, model: model(keyCase.own, keyCase.initial, false),
            explainedBy: model(keyCase.own, keyCase.initial, true), isRefuted: isRefuted)
    }
}
