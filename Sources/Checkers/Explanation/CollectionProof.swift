import HistoryModel

/// Finds the few operations that prove that those on a queue, or a stack of any kind, have no order.
///
/// If all operations have an order, then so have those on some of the values, with the takes that found
/// nothing and those of unknown outcome: what the others did is left out of it. So values, and takes
/// that found nothing, go one after the other while a search still finds no order. What is left is
/// told by another search, which goes through what the collection can have held.
struct CollectionProof<Model: SequentialModel>: DecisionProcedure {
    /// What looks for an order of the operations, given what the collection held at first.
    typealias Search = @Sendable (Subhistory, [Value]) -> ModelSearch

    /// What all attempts to leave something out may cost, ten times what one may, and what may be
    /// spent on the proof of the rest.
    private static var stepsMax: Int { 10_000_000 }

    let method = KeyResult.Method.search
    let violationKind: String? = "non-linearizable"
    let isRefuted = true
    let returnsDone = 0
    let judged: Int
    let concurrency: Int
    private(set) var steps: Int
    private let put: Function
    private let model: @Sendable ([Value]) -> Model
    private let search: Search
    /// What is left of the operations, and the one of them at whose return there was no order.
    private var subhistory: Subhistory
    private var culprit: Int32
    /// The values that may have to stay; null stands for all takes that found nothing.
    private var values: DeltaDebugging<Value>
    private let valueCount: Int
    /// What was done: steps of searches, and operations that were looked at.
    private var effort = 0
    /// The proof of what is left.
    private var procedure: ModelProcedure<Model>?

    /// Begins with what is known to have no order, and the function that puts a value in.
    init(
        _ subhistory: Subhistory, _ refutation: Refutation, put: Function,
        model: @escaping @Sendable ([Value]) -> Model, search: @escaping Search
    ) {
        self.subhistory = subhistory
        self.put = put
        self.model = model
        self.search = search
        culprit = refutation.culprit
        judged = refutation.judged
        concurrency = refutation.concurrency
        steps = refutation.steps
        var known: Set<Value> = []
        var all: [Value] = []
        func note(_ value: Value) {
            if known.insert(value).inserted { all.append(value) }
        }
        subhistory.initial?.elements.forEach(note)
        for operation in subhistory.own where operation.outcome != .fail {
            if operation.function == put {
                note(operation.input)
            } else if operation.outcome == .ok {
                note(operation.output)
            }
        }
        values = DeltaDebugging(all)
        valueCount = all.count
    }

    mutating func advance(steps: Int) -> DecisionFinding? {
        let stepsMax = min(subhistory.budget.steps, Self.stepsMax)
        if procedure != nil {
            let finding = procedure?.advance(steps: steps)
            if case .invalid(nil) = finding { return .invalid(briefProof()) }
            return finding
        }
        if values.next != nil, effort < stepsMax {
            omit(stepsMax: min(stepsMax - effort, Self.stepsMax / 10))
        } else {
            subhistory.budget.steps = stepsMax
            procedure = ModelProcedure(
                subhistory, model: model(initial(values.left)), isRefuted: true, onlyOn: part)
        }
        return nil
    }

    func briefProof() -> Counterexample? {
        ModelExplainer(model(initial(values.left)), subhistory, part: part)
            .tellUnordered(failingAt: culprit)
    }

    /// Tries to do without some of the values.
    private mutating func omit(stepsMax: Int) {
        let rest = values.rest
        var part = subhistory
        part.members = members(on: Set(rest))
        var search = search(part, initial(rest))
        let outcome = search.advance(until: stepsMax)
        steps += search.steps
        effort += search.steps + subhistory.members.count
        values.record(isLeftOut: outcome?.isImpossible == true)
        guard case .impossible(let operation) = outcome else { return }
        subhistory = part
        culprit = search.plan.operations[operation].source
    }

    /// The operations on some of the values, and those that may have taken any.
    private func members(on kept: Set<Value>) -> [Int32] {
        subhistory.members.filter { member in
            let operation = subhistory.operations[Int(member)]
            if operation.function == put { return kept.contains(operation.input) }
            return operation.outcome != .ok || kept.contains(operation.output)
        }
    }

    private func initial(_ kept: [Value]) -> [Value] {
        let all = subhistory.initial?.elements ?? []
        return all.isEmpty ? [] : all.filter(Set(kept).contains)
    }

    /// The values that are left, if others have been left out.
    private var part: [Value]? {
        guard values.left.count < valueCount else { return nil }
        return values.left.filter { $0 != .null }.sorted()
    }
}
