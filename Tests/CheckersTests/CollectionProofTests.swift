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
        random.liesPerMille = 5
        random.unknownPerMille = 0
        var sizes: [Int] = []
        for _ in 0..<Fuzzing.rounds(100) {
            let events = random.events(count: 200, clients: 3)
            let operations = try OperationList(History(events: events))
            let result = LinearizabilityChecker(model: model).check(operations)
            guard result.verdict == .invalid, result.kind == "non-linearizable" else { continue }
            let counterexample = try #require(result.counterexample)
            sizes.append(counterexample.participants.count)
            guard sizes.last ?? 0 <= 12 else { continue }
            let calls = counterexample.participants.map(\.call)
            let part = operations.filter { calls.contains($0.call) }
            try #require(!ObjectBruteForce.isLinearizable(part, object), "\(counterexample)")
        }
        print(object.model, sizes.sorted())
    }

    /// With little to spend no order of states can be followed.
    @Test(arguments: objects.indices)
    func `what has no order is told with any budget`(number: Int) throws {
        let object = Self.objects[number].object
        let model = try #require(ObjectModel.named(object.model))
        var random = RandomObjectHistory(object, rng: Seed(92).stream(object.model))
        var told = 0
        var bare = 0
        for round in 0..<Fuzzing.rounds(400) {
            let operations = try random.operations(count: 5 + round % 12)
            let budget = Budget(steps: 5 + round % 40, bytes: 1 << 20)
            let result = LinearizabilityChecker(model: model, budget: budget).check(operations)
            guard result.verdict == .invalid else { continue }
            told += 1
            let counterexample = try #require(result.counterexample, "\(render(operations))")
            guard counterexample.summary.contains("no order of the ") else { continue }
            bare += 1
            // Of the last to be named it is said, with all that were called before it returned.
            let name = counterexample.summary.prefix { $0 != " " }
            let culprit = try #require(counterexample.participants.first { $0.label == name })
            let end = try #require(culprit.return)
            let before = operations.filter { $0.call < end }
            try #require(!ObjectBruteForce.isLinearizable(before, object), "\(counterexample)\n\(render(operations))")
        }
        print(object.model, told, bare)
    }
}
