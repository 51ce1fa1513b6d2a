import HistoryModel

/// Decides about any object by search.
struct ModelProcedure<Model: SequentialModel>: DecisionProcedure {
    let method = KeyResult.Method.search
    let violationKind: String? = "non-linearizable"
    private let subhistory: Subhistory
    private let model: Model
    /// The same model with states that a person can follow, where those differ.
    private let plainModel: Model
    private let history: ModelHistory
    private var search: ModelSearch
    /// Whether it is known already that there is no order, and only the proof is wanted.
    let isRefuted: Bool
    /// What finds a proof that can be shown, where this inquiry is only good for deciding.
    private let proof: (@Sendable (Refutation) -> any DecisionProcedure)?
    /// The only values that the operations are on, if others have been left out.
    private let part: [Value]?
    let judged: Int
    let concurrency: Int
    /// When all operations returned, and those that the model tells; nil if it tells all.
    private let returns: (all: [Int], told: [Int])?

    /// Begins to judge, by the operations that were `told` if the model tells the `whole` history in
    /// its own way, and with what finds the `proof` then.
    init(
        _ subhistory: Subhistory, model: Model, explainedBy plainModel: Model? = nil,
        by told: [(Int32, Operation)]? = nil, of whole: ModelHistory? = nil,
        provenBy proof: (@Sendable (Refutation) -> any DecisionProcedure)? = nil,
        isRefuted: Bool = false, onlyOn part: [Value]? = nil
    ) {
        self.isRefuted = isRefuted
        self.proof = proof
        self.part = part
        self.subhistory = subhistory
        self.model = model
        self.plainModel = plainModel ?? model
        history =
            told.map { ModelHistory($0, model: model) }
            ?? ModelHistory(members: subhistory.members, of: subhistory.operations, model: model)
        search = ModelSearch(history, of: model, bytesMax: subhistory.budget.bytes)
        judged = (whole ?? history).operations.count
        concurrency = (whole ?? history).concurrency
        returns = told.map {
            (Self.returns(of: subhistory.own), Self.returns(of: $0.map(\.1)))
        }
    }

    var steps: Int { search.steps }
    var returnsDone: Int {
        guard let returns, search.returnsDone > 0 else { return search.returnsDone }
        return returns.all.countBelow(returns.told[search.returnsDone - 1] + 1)
    }

    private static func returns(of operations: [Operation]) -> [Int] {
        operations.compactMap { $0.outcome == .ok ? $0.return : nil }.sorted()
    }

    mutating func advance(steps limit: Int) -> DecisionFinding? {
        if let unknownSender = history.unintelligible {
            return .undecided(
                subhistory.operations[unknownSender].isUnknownSender(
                    to: model.noun,
                    thatKnows: Witnesses.list(model.functions.map(\.rawValue))))
        }
        let budget = subhistory.budget
        switch search.advance(until: search.steps + min(limit, budget.steps - search.steps)) {
        case .linearizable: return isRefuted ? .contradicted : .valid
        case .impossible(let operation):
            if let proof {
                let culprit = history.operations[operation].source
                return .passedOn(
                    proof(
                        Refutation(
                            culprit: culprit, judged: judged, concurrency: concurrency,
                            steps: steps)))
            }
            var explainer = ModelExplainer(
                model, explainedBy: plainModel, subhistory, part: part, stepsLeft: budget.steps)
            return .invalid(explainer.explain(history, failingAt: operation))
        case .outOfMemory: return undecided(budget.outOfMemory)
        case nil: return search.steps >= budget.steps ? undecided(budget.outOfSteps) : nil
        }
    }

    private func undecided(_ reason: String) -> DecisionFinding {
        guard !isRefuted else { return .invalid(nil) }
        return .undecided(
            "\(reason); the first \(returnsDone) of \(judged) operations can be put in order")
    }
}
