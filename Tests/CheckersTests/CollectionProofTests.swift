import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

/// What is told of queues and stacks whose values come back.
@Suite struct CollectionProofTests {
    static let objects: [(object: TestObject, put: Function, take: Function)] = [
        (.queue(unique: false), "enqueue", "dequeue"),
        (.queue(unique: false, isStack: true), "push", "pop"),
        (.priorityQueue(unique: false), "insert", "poll"),
    ]

    @Test(arguments: objects.indices)
    func `of many values a few prove it`(number: Int) throws {
        var (object, put, take) = Self.objects[number]
        object.invoke = { [put, take] rng, _ in
            guard Int.random(in: 0..<9, using: &rng) < 5 else { return (take, .null) }
            return (put, .integer(.random(in: 0...30, using: &rng)))
        }
        let model = try #require(ObjectModel.named(object.model))
        var random = RandomObjectHistory(object, rng: Seed(91).stream(object.model))
        random.liesPerMille = 10
        random.unknownPerMille = 20
        let budget = Budget(steps: 50_000, bytes: 64 << 20)
        var told = 0
        var whole = 0
        for _ in 0..<60 {
            let events = random.events(count: 100, clients: 3)
            let operations = try OperationList(History(events: events))
            let result = LinearizabilityChecker(model: model, budget: budget).check(operations)
            guard result.verdict == .invalid, result.kind == "non-linearizable" else { continue }
            let counterexample = try #require(result.counterexample)
            told += 1
            guard counterexample.steps.first?.hasPrefix("These are the last") == false else {
                continue
            }
            whole += 1
            let calls = counterexample.participants.map(\.call)
            try #require(calls.count <= 12)
            let named = operations.filter { calls.contains($0.call) }
            try #require(!ObjectBruteForce.isLinearizable(named, object), "\(counterexample)")
            // Whoever took something unknown may have taken it from those that are named.
            let values = named.map { $0.function == put ? $0.input : $0.output }
            let part = operations.filter {
                $0.function == put
                    ? values.contains($0.input)
                    : $0.outcome == .info || calls.contains($0.call)
            }
            try #require(!ObjectBruteForce.isLinearizable(part, object), "\(counterexample)")
        }
        #expect(whole * 4 > told * 3 && whole > 1, "\(object.model): \(whole) of \(told)")
    }

    /// With little to spend the states can't be followed.
    @Test func `a queue that has no order is told with any budget`() throws {
        let object = TestObject.queue(unique: false)
        var random = RandomObjectHistory(object, rng: Seed(92).stream("budgets"))
        var bare = 0
        for round in 0..<400 {
            let operations = try random.operations(count: 5 + round % 12)
            let budget = Budget(steps: 5 + round % 40, bytes: 1 << 20)
            let result = LinearizabilityChecker(model: .queue, budget: budget).check(operations)
            guard result.verdict == .invalid else { continue }
            let counterexample = try #require(result.counterexample, "\(render(operations))")
            guard counterexample.summary.contains("no order of the ") else { continue }
            bare += 1
            let name = counterexample.summary.prefix { $0 != " " }
            let culprit = try #require(counterexample.participants.first { $0.label == name })
            let end = try #require(culprit.return)
            let before = operations.filter { $0.call < end }
            try #require(
                !ObjectBruteForce.isLinearizable(before, object),
                "\(counterexample)\n\(render(operations))")
        }
        #expect(bare > 3)
    }
}
