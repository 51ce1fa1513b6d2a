import HistoryModel

/// Decides about a collection that only grows: by the monitor where that can, else by search.
struct ChainInquiry<Model: SequentialModel>: KeyInquiry {
    let method = KeyConclusion.Method.monitor
    let steps = 0
    let returnsDone = 0
    private let keyCase: KeyCase
    private let history: ChainHistory?
    /// Makes the model of the operations, some of which may have been left out.
    private let model: @Sendable (KeyCase) -> Model

    init(
        _ keyCase: KeyCase, kind: ChainHistory.Kind, model: @escaping @Sendable (KeyCase) -> Model
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
        guard let history else { return .passedOn(ModelInquiry(keyCase, model: model(keyCase))) }
        guard let violation = ChainMonitor(history).violation() else { return .valid }
        let (finding, elements) = ChainNarrator(history).finding(for: violation)
        // Who takes part is judged as if no other elements had ever been there.
        var part = keyCase
        for member in finding.members {
            guard case .list(let all) = part.operations[Int(member)].output else { continue }
            part.operations[Int(member)].output = .list(all.filter { elements.contains($0) })
        }
        part.members = Set(finding.members).sorted()
        guard ModelWalk.contradicts(part, model(part)) else {
            return .invalid(finding.counterexample(of: keyCase))
        }
        return .contradicted
    }
}
