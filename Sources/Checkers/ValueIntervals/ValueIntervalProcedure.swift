import HistoryModel

/// Decides about a stack or a priority queue: by its rule where every value is put in once, else by
/// search.
///
/// An operation of unknown outcome that takes something may have taken anything. If there is an
/// order without it, all is well; if not, the search has to tell.
struct ValueIntervalProcedure<Model: SequentialModel, Rule: ValueIntervalRule>: DecisionProcedure {
    let method = KeyResult.Method.monitor
    private(set) var violationKind: String? = "non-linearizable"
    let steps = 0
    let returnsDone = 0
    private let subhistory: Subhistory
    private let model: @Sendable ([Value]) -> Model
    private let history: QueueHistory?
    private let put: Function
    private let take: Function

    /// Begins with the functions that put a value in and that take one out, or nil if there is none.
    init(
        _ subhistory: Subhistory, _: Rule.Type, put: Function, take: Function,
        model: @escaping @Sendable ([Value]) -> Model
    ) {
        self.subhistory = subhistory
        self.model = model
        let isEmpty = subhistory.initial?.elements.isEmpty ?? true
        self.put = put
        self.take = take
        history =
            subhistory.method == .search || !isEmpty
            ? nil
            : QueueHistory(
                members: subhistory.members, of: subhistory.operations, put: put, take: take)
    }

    var judged: Int { history?.operations.count ?? subhistory.members.count }
    var concurrency: Int { history?.concurrency ?? 0 }

    mutating func advance(steps: Int) -> DecisionFinding? {
        guard let history else { return count() }
        if let culprits = history.contradiction { return explain(culprits) }
        let (intervals, emptyIntervals) = parts(of: history)
        var stepsLeft = subhistory.budget.steps
        guard history.enqueuers.indices.allSatisfy({ knows(value: $0, of: history) }) else {
            return .passedOn(search)
        }
        switch Rule.fits(intervals, emptyIntervals, stepsLeft: &stepsLeft) {
        case true?: return .valid
        case false? where !history.operations.contains { $0.kind == .unknown }:
            return explain(reduced(intervals, emptyIntervals))
        case false?, nil: return .passedOn(search)
        }
    }

    /// Goes on where values come back, or were there at first.
    private mutating func count() -> DecisionFinding {
        guard subhistory.method != .search else { return .passedOn(search) }
        let bound = CountingBound(
            subhistory, put: put, take: take, initial: initial)
        guard let finding = bound.finding() else { return .passedOn(search) }
        violationKind = CountingBound.violationKind
        return .invalid(finding.counterexample(of: subhistory))
    }

    private var search: any DecisionProcedure {
        ModelProcedure(
            subhistory, model: model(initial),
            provenBy: { [subhistory, put, model] refutation in
                CollectionProof(
                    subhistory, refutation, put: put, model: model,
                    search: {
                        let (part, model) = ($0, model($1))
                        let history = ModelHistory(
                            members: part.members, of: part.operations, model: model)
                        return ModelSearch(history, of: model, bytesMax: part.budget.bytes)
                    })
            })
    }

    private var initial: [Value] { subhistory.initial?.elements ?? [] }

    /// Whether the rule can be applied to a value that somebody put in.
    private func knows(value: Int, of history: QueueHistory) -> Bool {
        let put = Int(history.enqueuers[value])
        guard put >= 0 else { return true }
        return Rule.knows(subhistory.operations.input(at: Int(history.operations[put].source)))
    }

    private func parts(of history: QueueHistory) -> ([ValueInterval], [EmptyInterval]) {
        let kept = history.enqueuers.indices.filter { history.enqueuers[$0] >= 0 }
        let values = kept.map { value in
            let source = history.operations[Int(history.enqueuers[value])].source
            return subhistory.operations.input(at: Int(source))
        }
        var intervals: [ValueInterval] = []
        for (value, rank) in zip(kept, PriorityOrder(values).ranks(of: values)) {
            let put = history.operations[Int(history.enqueuers[value])]
            var interval = ValueInterval(
                value: Int32(value), rank: rank, put: put.source, putCall: put.call,
                putReturn: put.return)
            if history.dequeuers[value] >= 0 {
                let take = history.operations[Int(history.dequeuers[value])]
                interval.take = take.source
                interval.takeCall = take.call
                interval.takeReturn = take.return
            }
            intervals.append(interval)
        }
        let emptyIntervals = history.operations.filter { $0.kind == .empty }.map {
            EmptyInterval(source: $0.source, call: $0.call, return: $0.return)
        }
        return (intervals, emptyIntervals)
    }

    /// The operations on the few values without any of which there would be an order.
    private func reduced(_ intervals: [ValueInterval], _ emptyIntervals: [EmptyInterval]) -> [Int32]
    {
        var stepsLeft = subhistory.budget.steps
        var intervals = intervals
        var emptyIntervals = emptyIntervals
        func isImpossible(_ intervals: [ValueInterval], _ emptyIntervals: [EmptyInterval]) -> Bool {
            Rule.fits(intervals, emptyIntervals, stepsLeft: &stepsLeft) == false
        }
        emptyIntervals = emptyIntervals.reduced { isImpossible(intervals, $0) }
        intervals = intervals.reduced { isImpossible($0, emptyIntervals) }
        return intervals.flatMap { [$0.put] + ($0.take.map { [$0] } ?? []) }
            + emptyIntervals.map(\.source)
    }

    /// Tells what is wrong with a few operations.
    private func explain(_ culprits: [Int32]) -> DecisionFinding {
        var few = subhistory
        few.members = Set(culprits).sorted()
        let named = few.own.filter { $0.function == put }.map(\.input).sorted()
        var procedure = ModelProcedure(few, model: model([]), isRefuted: true, onlyOn: named)
        while true {
            if let finding = procedure.advance(steps: .max) { return finding }
        }
    }
}

extension Array {
    /// What is left when as much is left out as keeps it what it is.
    fileprivate func reduced(while isKept: ([Element]) -> Bool) -> [Element] {
        var reductions = DeltaDebugging(self)
        while reductions.next != nil { reductions.record(isLeftOut: isKept(reductions.rest)) }
        return reductions.left
    }
}
