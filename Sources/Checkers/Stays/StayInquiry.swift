import HistoryModel

/// Decides about a stack or a priority queue: by its rule where every value is put in once, else by
/// search.
///
/// An operation of unknown outcome that takes something may have taken anything. If there is an
/// order without it, all is well; if not, the search has to tell.
struct StayInquiry<Model: SequentialModel, Rule: StayRule>: KeyInquiry {
    let method = KeyConclusion.Method.monitor
    private(set) var violationKind: String? = "non-linearizable"
    let steps = 0
    let returnsDone = 0
    private let keyCase: KeyCase
    private let model: @Sendable ([Value]) -> Model
    private let history: QueueHistory?
    private let put: Function
    private let take: Function

    /// Begins with the functions that put a value in and that take one out, or nil if there is none.
    init(
        _ keyCase: KeyCase, _: Rule.Type, put: Function, take: Function,
        model: @escaping @Sendable ([Value]) -> Model
    ) {
        self.keyCase = keyCase
        self.model = model
        let isEmpty = keyCase.initial?.elements.isEmpty ?? true
        self.put = put
        self.take = take
        history =
            keyCase.method == .search || !isEmpty
            ? nil
            : QueueHistory(
                members: keyCase.members, of: keyCase.operations, put: put, take: take)
    }

    var judged: Int { history?.operations.count ?? keyCase.members.count }
    var concurrency: Int { history?.concurrency ?? 0 }

    mutating func advance(steps: Int) -> KeyFinding? {
        guard let history else { return count() }
        if let culprits = history.contradiction { return explain(culprits) }
        let (stays, gaps) = parts(of: history)
        var stepsLeft = keyCase.budget.steps
        guard history.enqueuers.indices.allSatisfy({ knows(value: $0, of: history) }) else {
            return .passedOn(search)
        }
        switch Rule.fits(stays, gaps, stepsLeft: &stepsLeft) {
        case true?: return .valid
        case false? where !history.operations.contains { $0.kind == .unknown }:
            return explain(reduced(stays, gaps))
        case false?, nil: return .passedOn(search)
        }
    }

    /// Goes on where values come back, or were there at first.
    private mutating func count() -> KeyFinding {
        guard keyCase.method != .search else { return .passedOn(search) }
        let supply = Supply(
            keyCase, put: put, take: take, initial: initial)
        guard let finding = supply.finding() else { return .passedOn(search) }
        violationKind = Supply.violationKind
        return .invalid(finding.counterexample(of: keyCase))
    }

    private var search: any KeyInquiry {
        ModelInquiry(
            keyCase, model: model(initial),
            provenBy: { [keyCase, put, model] refutation in
                CollectionProof(
                    keyCase, refutation, put: put, model: model,
                    search: {
                        let (part, model) = ($0, model($1))
                        let history = ModelHistory(
                            members: part.members, of: part.operations, model: model)
                        return ModelSearch(history, of: model, bytesMax: part.budget.bytes)
                    })
            })
    }

    private var initial: [Value] { keyCase.initial?.elements ?? [] }

    /// Whether the rule can be applied to a value that somebody put in.
    private func knows(value: Int, of history: QueueHistory) -> Bool {
        let put = Int(history.enqueuers[value])
        guard put >= 0 else { return true }
        return Rule.knows(keyCase.operations.input(at: Int(history.operations[put].source)))
    }

    private func parts(of history: QueueHistory) -> ([Stay], [Gap]) {
        let kept = history.enqueuers.indices.filter { history.enqueuers[$0] >= 0 }
        let values = kept.map { value in
            let source = history.operations[Int(history.enqueuers[value])].source
            return keyCase.operations.input(at: Int(source))
        }
        var stays: [Stay] = []
        for (value, rank) in zip(kept, PriorityOrder(values).ranks(of: values)) {
            let put = history.operations[Int(history.enqueuers[value])]
            var stay = Stay(
                value: Int32(value), rank: rank, put: put.source, putCall: put.call,
                putReturn: put.return)
            if history.dequeuers[value] >= 0 {
                let take = history.operations[Int(history.dequeuers[value])]
                stay.take = take.source
                stay.takeCall = take.call
                stay.takeReturn = take.return
            }
            stays.append(stay)
        }
        let gaps = history.operations.filter { $0.kind == .empty }.map {
            Gap(source: $0.source, call: $0.call, return: $0.return)
        }
        return (stays, gaps)
    }

    /// The operations on the few values without any of which there would be an order.
    private func reduced(_ stays: [Stay], _ gaps: [Gap]) -> [Int32] {
        var stepsLeft = keyCase.budget.steps
        var stays = stays
        var gaps = gaps
        func isImpossible(_ stays: [Stay], _ gaps: [Gap]) -> Bool {
            Rule.fits(stays, gaps, stepsLeft: &stepsLeft) == false
        }
        gaps = gaps.reduced { isImpossible(stays, $0) }
        stays = stays.reduced { isImpossible($0, gaps) }
        return stays.flatMap { [$0.put] + ($0.take.map { [$0] } ?? []) } + gaps.map(\.source)
    }

    /// Tells what is wrong with a few operations.
    private func explain(_ culprits: [Int32]) -> KeyFinding {
        var few = keyCase
        few.members = Set(culprits).sorted()
        let named = few.own.filter { $0.function == put }.map(\.input).sorted()
        var inquiry = ModelInquiry(few, model: model([]), isRefuted: true, onlyOn: named)
        while true {
            if let finding = inquiry.advance(steps: .max) { return finding }
        }
    }
}

extension Array {
    /// What is left when as much is left out as keeps it what it is.
    fileprivate func reduced(while isKept: ([Element]) -> Bool) -> [Element] {
        var omissions = Omissions(self)
        while omissions.next != nil { omissions.record(isLeftOut: isKept(omissions.rest)) }
        return omissions.left
    }
}
