import HistoryModel

/// Decides about a collection that only grows: by the monitor where that can, else by search.
struct ChainInquiry<Model: SequentialModel>: KeyInquiry {
    let method = KeyConclusion.Method.monitor
    let steps = 0
    let returnsDone = 0
    private let keyCase: KeyCase
    private let history: ChainHistory?
    /// Makes the model of operations, which begins with a value.
    private let model: @Sendable ([Operation], Value?) -> Model

    init(
        _ keyCase: KeyCase, kind: ChainHistory.Kind,
        model: @escaping @Sendable ([Operation], Value?) -> Model
    ) {
        self.keyCase = keyCase
        self.model = model
        let isEmpty = keyCase.initial == nil || keyCase.initial == .list([])
        history =
            keyCase.method == .search || !isEmpty
            ? nil : ChainHistory(members: keyCase.members, of: keyCase.operations, kind: kind)
    }

    var judged: Int { history?.operations.count ?? 0 }
    var concurrency: Int { history?.concurrency ?? 0 }

    mutating func advance(steps: Int) -> KeyFinding? {
        guard let history else {
            return .passedOn(ModelInquiry(keyCase, model: model(keyCase.own, keyCase.initial)))
        }
        guard let violation = ChainMonitor(history).violation() else { return .valid }
        let (finding, elements) = ChainNarrator(history).finding(for: violation)
        // Who takes part is judged as if no other elements had ever been there.
        let part = finding.operations(of: keyCase).map { original in
            var operation = original
            if case .list(let all) = original.output {
                operation.output = .list(all.filter { elements.contains($0) })
            }
            return operation
        }
        return ModelWalk.contradicts(part, model(part, nil))
            ? .contradicted : .invalid(finding.counterexample(of: keyCase))
    }
}
