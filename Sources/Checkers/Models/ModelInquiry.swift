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
    private let proof: (@Sendable (Int32) -> any KeyInquiry)?
    /// The only values that the operations are on, if others have been left out.
    private let part: [Value]?
    let judged: Int
    let concurrency: Int
    /// When all operations returned, and those that the model tells; nil if it tells all.
    private let returns: (all: [Int], told: [Int])?

    /// Begins to judge, by the operations that were `told` if the model tells all in its own way,
    /// instead of the `whole`, and with what finds a `proof` to show, given the operation that is
    /// impossible.
    init(
        _ keyCase: KeyCase, model: Model, explainedBy plainModel: Model? = nil,
        by told: [(Int32, Operation)]? = nil, like whole: (any KeyInquiry)? = nil,
        provenBy proof: (@Sendable (Int32) -> any KeyInquiry)? = nil, isRefuted: Bool = false,
        onlyOn part: [Value]? = nil
    ) {
        self.isRefuted = isRefuted
        self.proof = proof
        self.part = part
        self.keyCase = keyCase
        self.model = model
        self.plainModel = plainModel ?? model
        history =
            told.map { ModelHistory($0, model: model) }
            ?? ModelHistory(members: keyCase.members, of: keyCase.operations, model: model)
        search = ModelSearch(history, of: model, bytesMax: keyCase.budget.bytes)
        judged = whole?.judged ?? history.operations.count
        concurrency = whole?.concurrency ?? history.concurrency
        returns = told.map {
            (Self.returns(of: keyCase.own), Self.returns(of: $0.map(\.1)))
        }
    }

    /// Whether there is an operation that the model does not know.
    var hasStranger: Bool { history.unintelligible != nil }
    var steps: Int { search.steps }
    var returnsDone: Int {
        guard let returns, search.returnsDone > 0 else { return search.returnsDone }
        return returns.all.countBelow(returns.told[search.returnsDone - 1] + 1)
    }

    private static func returns(of operations: [Operation]) -> [Int] {
        operations.compactMap { $0.outcome == .ok ? $0.return : nil }.sorted()
    }

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
            if let proof { return .passedOn(proof(history.operations[operation].source)) }
            var explainer = ModelExplainer(
                model, explainedBy: plainModel, keyCase, part: part, stepsLeft: budget.steps)
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
