import HistoryModel

/// Cuts the operations on any object that can't be put in order down to those that prove it.
///
/// What only reads is dropped where the rest can't be put in order even so. To leave out an operation
/// that may have changed something would be no proof: only if what the object can have held is the
/// same without it, it goes unmentioned. If many operations are left, those that were under way at the
/// impossible one are told, and what all before them came to.
struct ModelExplainer<Model: SequentialModel> {
    let model: Model
    let plainModel: Model
    let subhistory: Subhistory
    /// The only values that the operations are on, if others have been left out.
    let part: [Value]?
    private var stepsLeft: Int
    /// The most operations that a person follows one by one.
    private static var toldInFull: Int { 12 }
    /// What one attempt to leave something out may cost.
    private let attemptSteps = 20_000

    init(
        _ model: Model, explainedBy plainModel: Model? = nil, _ subhistory: Subhistory,
        part: [Value]? = nil, stepsLeft: Int = 0
    ) {
        self.part = part
        self.model = model
        self.plainModel = plainModel ?? model
        self.subhistory = subhistory
        self.stepsLeft = min(stepsLeft, 1_000_000)
    }

    /// Reduces, confirms and tells; nil if the budget does not suffice.
    mutating func explain(_ history: ModelHistory, failingAt last: Int) -> Counterexample? {
        let whole = history.prefix(toReturnOf: last)
        let culprit = history.operations[last].source
        // What changes something stays, so that no more than reads can go.
        let start = Self.isShort(whole) ? nil : restart(of: whole)
        let end = start.map { whole.suffix(fromReturnOf: $0) } ?? whole
        guard Self.isShort(end) else { return tellEnd(of: whole, failingAt: culprit) }
        let smallest = withoutReads(end, failingAt: culprit)
        guard smallest.operations.count <= Self.toldInFull,
            let walk = StateWalk(plainModel, smallest)
        else { return tellEnd(of: whole, failingAt: culprit) }
        guard walk.impossible != nil else { return nil }
        let (told, rest) = unmentioned(smallest, walk)
        return tell(told, after: start.map { whole.operations[$0].source }, rest)
    }

    private static func isShort(_ history: ModelHistory) -> Bool {
        history.operations.count { !$0.onlyReads } <= toldInFull
    }

    /// The last operation at whose return nothing was under way, and all was as at first.
    private func restart(of history: ModelHistory) -> Int? {
        let quiet = history.quietReturns()
        return StateWalk(plainModel, history)?.atReturns.last {
            $0.states == [plainModel.initial] && quiet.contains($0.operation)
        }?.operation
    }

    /// Leaves out what makes no difference to what the object can have held.
    private func unmentioned(
        _ history: ModelHistory, _ walk: StateWalk<Model.State>
    ) -> (ModelHistory, StateWalk<Model.State>) {
        var (smallest, walk) = (history, walk)
        for operation in history.operations where !operation.onlyReads {
            guard walk.impossible.map({ smallest.operations[$0].source }) != operation.source
            else { continue }
            var candidate = smallest
            candidate.operations.removeAll { $0.source == operation.source }
            candidate.renumberEvents()
            guard let other = StateWalk(plainModel, candidate),
                other.told(of: candidate) == walk.told(of: smallest, without: operation.source)
            else { continue }
            (smallest, walk) = (candidate, other)
        }
        return (smallest, walk)
    }

    /// The operation that nothing allows to return; nil if there is none, or it is not known.
    private mutating func failure(of history: ModelHistory) -> Int32? {
        var search = ModelSearch(history, of: model, bytesMax: subhistory.budget.bytes)
        let outcome = search.advance(until: min(stepsLeft, attemptSteps))
        stepsLeft -= search.steps
        guard case .impossible(let operation) = outcome else { return nil }
        return history.operations[operation].source
    }

    /// Leaves out as many as can be of those that only read.
    private mutating func withoutReads(
        _ history: ModelHistory, failingAt culprit: Int32
    ) -> ModelHistory {
        var smallest = history
        var reductions = DeltaDebugging(
            history.operations.filter { $0.source != culprit && $0.onlyReads }.map(\.source))
        while let part = reductions.next {
            let chosen = Set(part)
            var candidate = smallest
            candidate.operations.removeAll { chosen.contains($0.source) }
            candidate.renumberEvents()
            let isEnough = failure(of: candidate) == culprit
            if isEnough { smallest = candidate }
            reductions.record(isLeftOut: isEnough)
        }
        return smallest
    }

    func list(_ states: Set<Model.State>) -> String {
        list(states.map { plainModel.describe($0) }.sorted(), conjunction: "or")
    }

    /// Several words, of many the first.
    func list(_ words: [String], conjunction: String) -> String {
        let shown = words.prefix(6)
        let rest = words.count > shown.count ? ["\(words.count - shown.count) more"] : []
        return Witnesses.list(shown + rest, or: conjunction)
    }
}

extension StateWalk {
    /// What a story says of it, whatever the operations are numbered, but for one of them.
    fileprivate func told(
        of history: ModelHistory, without other: Int32? = nil
    ) -> Told<State> {
        let steps = atReturns.filter { history.operations[$0.operation].source != other }
        return Told(
            culprit: impossible.map { history.operations[$0].source },
            operations: steps.map { history.operations[$0.operation].source },
            states: [meanwhile] + steps.map(\.states), othersForbid: othersForbid)
    }
}

private struct Told<State: Hashable>: Hashable {
    var culprit: Int32?
    var operations: [Int32]
    var states: [Set<State>]
    var othersForbid: Bool
}

extension ModelOperation {
    /// What is known of it before it returns: nothing of one that only reads.
    fileprivate var pending: ModelOperation? {
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
            return operation.return > end ? operation.pending : operation
        }
        prefix.renumberEvents()
        return prefix
    }

    /// What was called after an operation had returned.
    fileprivate func suffix(fromReturnOf first: Int) -> ModelHistory {
        let start = operations[first].return
        var suffix = self
        suffix.operations.removeAll { $0.call < start }
        suffix.renumberEvents()
        return suffix
    }

    /// The operations at whose return nothing was under way, the last of all aside.
    fileprivate func quietReturns() -> Set<Int> {
        var quiet: Set<Int> = []
        var latest: Int?
        for (index, operation) in operations.enumerated() {
            if let latest, operations[latest].return < operation.call { quiet.insert(latest) }
            if operation.return > latest.map({ operations[$0].return }) ?? .min { latest = index }
        }
        return quiet
    }
}
