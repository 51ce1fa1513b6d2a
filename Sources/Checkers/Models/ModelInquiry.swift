import HistoryModel

/// Decides about any object by search.
struct ModelInquiry<Model: SequentialModel>: KeyInquiry {
    let method = KeyConclusion.Method.search
    let violationKind: String? = "non-linearizable"
    private let keyCase: KeyCase
    private let model: Model
    /// The same model with states that a person can follow, where those differ.
    private let plainModel: Model
    private let history: ModelHistory
    private var search: ModelSearch
    /// Whether it is known already that there is no order, and only the proof is wanted.
    let isRefuted: Bool
    /// What finds a proof that can be shown, if this model is only good for deciding.
    private let proof: (any KeyInquiry)?
    /// Whether these are only the operations on some of the values.
    private let isPart: Bool

    init(
        _ keyCase: KeyCase, model: Model, explainedBy plainModel: Model? = nil,
        provenBy proof: (any KeyInquiry)? = nil, isRefuted: Bool = false, isPart: Bool = false
    ) {
        self.isRefuted = isRefuted
        self.proof = proof
        self.isPart = isPart
        self.keyCase = keyCase
        self.model = model
        self.plainModel = plainModel ?? model
        history = ModelHistory(members: keyCase.members, of: keyCase.operations, model: model)
        search = ModelSearch(
            history, ModelStates(model, history.actions), bytesMax: keyCase.budget.bytes)
    }

    var judged: Int { history.operations.count }
    var concurrency: Int { history.concurrency }
    var steps: Int { search.steps }
    var returnsDone: Int { search.returnsDone }

    mutating func advance(steps: Int) -> KeyFinding? {
        if let stranger = history.unintelligible {
            return .undecided(
                keyCase.operations[stranger].isStranger(
                    to: model.noun,
                    thatKnows: Witnesses.list(model.functions.map(\.rawValue))))
        }
        let budget = keyCase.budget
        switch search.advance(until: search.steps + min(steps, budget.steps - search.steps)) {
        case .linearizable: return isRefuted ? .contradicted : .valid
        case .impossible(let operation):
            if let proof { return .passedOn(proof) }
            var explainer = ModelExplainer(
                model, explainedBy: plainModel, keyCase, isPart: isPart, stepsLeft: budget.steps)
            return .invalid(explainer.explain(history, failingAt: operation))
        case .outOfMemory: return undecided(budget.outOfMemory)
        case nil: return search.steps >= budget.steps ? undecided(budget.outOfSteps) : nil
        }
    }

    private func undecided(_ reason: String) -> KeyFinding {
        guard !isRefuted else { return .invalid(nil) }
        return .undecided(
            "\(reason); the first \(returnsDone) of \(judged) operations can be put in order")
    }
}
