import HistoryModel

/// Cuts the operations on any object that can't be put in order down to those that prove it.
///
/// An operation is asked for less by dropping it, if it only reads, and else by letting it take
/// effect at any time after its call or never. Whatever can't be put in order even so proves the
/// violation; an operation that is not asked for anything is left out of the proof unless without
/// it another operation would become the first that is impossible.
struct ModelExplainer<Model: SequentialModel> {
    private let model: Model
    private let plainModel: Model
    private let keyCase: KeyCase
    private var stepsLeft: Int
    /// What one attempt to leave something out may cost.
    private let attemptSteps = 20_000

    init(
        _ model: Model, explainedBy plainModel: Model, _ keyCase: KeyCase, stepsLeft: Int
    ) {
        self.model = model
        self.plainModel = plainModel
        self.keyCase = keyCase
        self.stepsLeft = min(stepsLeft, 4_000_000)
    }

    /// Reduces, confirms and tells; nil if the budget does not suffice.
    mutating func explain(_ history: ModelHistory, failingAt last: Int) -> Counterexample? {
        var smallest = history.prefix(toReturnOf: last)
        let culprit = history.operations[last].source
        // What only reads goes first: the others are needed to understand what was found.
        for onlyReads in [true, false] {
            smallest = leaveOut(from: smallest, failingAt: culprit) { operation in
                let isOpen = operation.source != culprit && !operation.isUnknown
                return isOpen && operation.onlyReads == onlyReads ? .some(operation.relaxed) : nil
            }
        }
        smallest = leaveOut(from: smallest, failingAt: culprit) { operation in
            operation.isUnknown ? .some(nil) : nil
        }
        guard let walk = ModelWalk(plainModel, smallest) else { return bareStory(of: smallest) }
        guard walk.impossible != nil else { return nil }
        return tell(smallest, walk)
    }

    /// The operation that nothing allows to return; nil if there is none, or it is not known.
    private mutating func failure(of history: ModelHistory) -> Int32? {
        var search = ModelSearch(
            history, ModelStates(model, history.actions), bytesMax: keyCase.budget.bytes)
        let outcome = search.advance(until: min(stepsLeft, attemptSteps))
        stepsLeft -= search.steps
        guard case .impossible(let operation) = outcome else { return nil }
        return history.operations[operation].source
    }

    /// Tries to ask less of many operations first, then of fewer, then of each alone.
    ///
    /// A relaxation is nil for an operation that must stay; else it is what is left of it.
    private mutating func leaveOut(
        from history: ModelHistory, failingAt culprit: Int32,
        _ relaxation: (ModelOperation) -> ModelOperation??
    ) -> ModelHistory {
        var smallest = history
        var left = history.operations.filter { relaxation($0) != nil }.map(\.source)
        var size = left.count
        while size > 0 {
            var start = 0
            while start < left.count {
                let part = start..<min(start + size, left.count)
                let chosen = Set(left[part])
                var candidate = smallest
                candidate.operations = smallest.operations.compactMap { operation in
                    guard chosen.contains(operation.source),
                        let weaker = relaxation(operation)
                    else { return operation }
                    return weaker
                }
                candidate.renumberEvents()
                if failure(of: candidate) == culprit {
                    smallest = candidate
                    left.removeSubrange(part)
                } else {
                    start += size
                }
            }
            size /= 2
        }
        return smallest
    }

    private func bareStory(of smallest: ModelHistory) -> Counterexample {
        Counterexample(
            key: keyCase.key?.description,
            summary: "\(smallest.operations.count) operations can't be put in order.",
            steps: [
                "A search tried every order that real time allows; none explains what was "
                    + "returned."
            ], participants: Cast(smallest, of: keyCase.operations).participants)
    }

    private func tell(_ smallest: ModelHistory, _ walk: ModelWalk<Model>) -> Counterexample? {
        guard let last = walk.impossible else { return nil }
        let cast = Cast(smallest, of: keyCase.operations)
        var steps = ["The \(model.noun) began with \(plainModel.describe(plainModel.initial))."]
        let open = smallest.operations.indices.filter { smallest.operations[$0].isUnknown }
        if !open.isEmpty {
            steps.append(
                "It makes no difference when \(cast.list(open)) took effect after the call, or "
                    + "whether.")
        }
        for (operation, states) in walk.atReturns {
            steps.append(
                "When \(cast.name(operation)) returned (event \(cast.return(operation))), the "
                    + "\(model.noun) held \(list(states)).")
        }
        let held = list(walk.meanwhile)
        steps.append(
            "While \(cast.name(last)) was under way (events \(cast.call(last)) to "
                + "\(cast.return(last))) the \(model.noun) can only have held \(held), in every "
                + "order that fits what was returned before; none of it allows \(cast.name(last)).")
        return Counterexample(
            key: keyCase.key?.description,
            summary: "\(cast.name(last)) is impossible: the \(model.noun) can only have held "
                + "\(held) at that time.",
            steps: steps, participants: cast.participants)
    }

    private func list(_ states: Set<Model.State>) -> String {
        let all = states.map { plainModel.describe($0) }.sorted()
        let shown = Array(all.prefix(6))
        let rest = all.count > shown.count ? ["\(all.count - shown.count) more"] : []
        return Witnesses.list(shown + rest, or: "or")
    }
}

extension ModelOperation {
    /// What is left when less is asked for: nil for an operation that only reads.
    fileprivate var relaxed: ModelOperation? {
        guard !onlyReads else { return nil }
        var open = self
        open.return = Self.never
        return open
    }
}

extension ModelHistory {
    /// What had happened, and was under way, when an operation returned.
    fileprivate func prefix(toReturnOf last: Int) -> ModelHistory {
        let end = operations[last].return
        var prefix = self
        prefix.operations = operations.compactMap { operation in
            guard operation.call < end else { return nil }
            return operation.return > end ? operation.relaxed : operation
        }
        prefix.renumberEvents()
        return prefix
    }
}
