import HistoryModel

/// Decides about a collection that only grows: by the monitor where that can, else by search.
struct AppendListProcedure<Model: SequentialModel>: DecisionProcedure {
    let method = KeyResult.Method.monitor
    let steps = 0
    let returnsDone = 0
    private let subhistory: Subhistory
    private let kind: AppendListHistory.Kind
    private var replay = ObjectReplay()
    private(set) var violationKind: String?
    /// Makes the model of operations, which begins with a value; says whether its states are for people.
    private let model: @Sendable ([Operation], Value?, Bool) -> Model

    init(
        _ subhistory: Subhistory, kind: AppendListHistory.Kind,
        model: @escaping @Sendable ([Operation], Value?, Bool) -> Model
    ) {
        self.subhistory = subhistory
        self.model = model
        self.kind = kind
    }

    var judged: Int { replay.judged }
    var concurrency: Int { replay.concurrency }

    mutating func advance(steps: Int) -> DecisionFinding? {
        guard subhistory.method != .search else { return .passedOn(search(isRefuted: false)) }
        let stream = AppendListStream(kind: kind, initial: subhistory.initial)
        replay = ObjectReplay(stream, subhistory.members, of: subhistory.operations)
        if replay.end == nil { return .valid }
        let isEmpty = subhistory.initial == nil || subhistory.initial == .list([])
        guard replay.end == .violation, isEmpty,
            let history = AppendListHistory(
                members: subhistory.members, of: subhistory.operations, kind: kind)
        else { return count(isRefuted: replay.end == .violation) }
        guard let violation = AppendListMonitor(history).violation() else { return .contradicted }
        violationKind = violation.kind
        let (finding, elements) = AppendListExplainer(history).finding(for: violation)
        // Who takes part is judged as if no other elements had ever been there.
        let part = finding.operations(of: subhistory).map { original in
            var operation = original
            if case .list(let all) = original.output {
                operation.output = .list(all.filter { elements.contains($0) })
            }
            return operation
        }
        return StateWalk.contradicts(part, model(part, nil, true))
            ? .contradicted : .invalid(finding.counterexample(of: subhistory))
    }

    /// Goes on where elements come back, first by counting.
    private mutating func count(isRefuted: Bool) -> DecisionFinding {
        guard let (finding, kind) = WholeReadCount(subhistory, kind)?.finding() else {
            return .passedOn(search(isRefuted: isRefuted))
        }
        violationKind = kind
        return .invalid(finding.counterexample(of: subhistory))
    }

    private func search(isRefuted: Bool) -> ModelProcedure<Model> {
        ModelProcedure(
            subhistory, model: model(subhistory.own, subhistory.initial, false),
            explainedBy: model(subhistory.own, subhistory.initial, true), isRefuted: isRefuted)
    }
}
