import HistoryModel

/// Finds the few operations that prove that those on a queue, or a stack of any kind, have no order.
///
/// If all operations have an order, then so have those on some of the values, with the takes that found
/// nothing and those of unknown outcome: what the others did is left out of it. So values, and takes
/// that found nothing, go one after the other while a search still finds no order. What is left is
/// told by another search, which goes through what the collection can have held.
struct CollectionProof<Model: SequentialModel>: KeyInquiry {
    /// What looks for an order of the operations in question.
    typealias Search = @Sendable (KeyCase) -> ModelSearch

    /// What all attempts to leave something out may cost, and ten times what one may.
    private static var stepsMax: Int { 10_000_000 }

    let method = KeyConclusion.Method.search
    let violationKind: String? = "non-linearizable"
    let isRefuted = true
    let returnsDone = 0
    let judged: Int
    let concurrency: Int
    private(set) var steps = 0
    private let keyCase: KeyCase
    private let put: Function
    private let model: @Sendable (KeyCase) -> Model
    private let search: Search
    /// The operation that a search of all found impossible.
    private let culprit: Int32
    /// The values that may have to stay; null stands for all takes that found nothing.
    private var values: Omissions<Value>
    private let valueCount: Int

    /// Begins with what the judge of the `whole` found to have no order, and the function that
    /// puts a value in.
    init(
        _ keyCase: KeyCase, like whole: some KeyInquiry, put: Function, failingAt culprit: Int32,
        model: @escaping @Sendable (KeyCase) -> Model, search: @escaping Search
    ) {
        self.keyCase = keyCase
        self.put = put
        self.culprit = culprit
        self.model = model
        self.search = search
        judged = whole.judged
        concurrency = whole.concurrency
        var known: Set<Value> = []
        var all: [Value] = []
        func note(_ value: Value) {
            if known.insert(value).inserted { all.append(value) }
        }
        keyCase.initial?.elements.forEach(note)
        for operation in keyCase.own where operation.outcome != .fail {
            if operation.function == put {
                note(operation.input)
            } else if operation.outcome == .ok {
                note(operation.output)
            }
        }
        values = Omissions(all)
        valueCount = all.count
    }

    mutating func advance(steps: Int) -> KeyFinding? {
        let most = min(keyCase.budget.steps, Self.stepsMax)
        guard values.next != nil, self.steps < most else { return told() }
        let part = part(with: values.rest)
        var search = search(part)
        let outcome = search.advance(until: min(most - self.steps, Self.stepsMax / 10))
        // To look at all operations is work as well.
        self.steps += search.steps + part.members.count
        values.record(isLeftOut: outcome?.isImpossible == true)
        return nil
    }

    /// The operations on some of the values, and those that may have taken any.
    private func part(with kept: [Value]) -> KeyCase {
        let kept = Set(kept)
        var part = keyCase
        part.initial = keyCase.initial.map { .list($0.elements.filter(kept.contains)) }
        part.members = keyCase.members.filter { member in
            let operation = keyCase.operations[Int(member)]
            if operation.function == put { return kept.contains(operation.input) }
            return operation.outcome != .ok || kept.contains(operation.output)
        }
        return part
    }

    private func told() -> KeyFinding {
        let part = part(with: values.left)
        let named = values.left.filter { $0 != .null }.sorted()
        var inquiry = ModelInquiry(
            part, model: model(part), isRefuted: true,
            onlyOn: values.left.count < valueCount ? named : nil)
        let finding = inquiry.advance(steps: .max)
        guard case .invalid(nil) = finding else { return finding ?? .invalid(nil) }
        return .invalid(
            ModelExplainer(model(keyCase), keyCase).tellUnordered(failingAt: culprit))
    }
}
