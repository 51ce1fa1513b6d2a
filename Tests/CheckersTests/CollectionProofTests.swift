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
            guard let match = counterexample.summary.firstMatch(of: /called before (\w+) \(/)
            else { continue }
            bare += 1
            let culprit = try #require(
                counterexample.participants.first { $0.label == match.1 })
            let end = try #require(culprit.return)
            let before = operations.filter { $0.call < end }
            try #require(
                !ObjectBruteForce.isLinearizable(before, object),
                "\(counterexample)\n\(render(operations))")
        }
        #expect(bare > 3)
    }

    private func check(
        _ lines: [String], initial: Value? = nil, budget: Budget = .standard
    ) throws -> CheckerResult {
        try LinearizabilityChecker(model: .queue, initial: initial, budget: budget)
            .check(History(script: StreamDetailTests.script(lines)))
    }

    @Test func `what a stream has refuted stays so without a search`() throws {
        let again = ["0 enqueue 1", "0 dequeue nil > 1", "0 enqueue 1", "0 enqueue 2"]
        for (lines, initial) in [
            (["0 dequeue nil > 2"], Value.list([1])), (again + ["0 dequeue nil > 2"], nil),
        ] {
            let nothing = Budget(steps: 1, bytes: 1 << 20)
            let result = try check(lines, initial: initial, budget: nothing)
            #expect(result.verdict == .invalid, "\(lines)")
            #expect(try check(lines, initial: initial).counterexample != nil)
        }
    }

    @Test func `what was there at first is told for the values in question alone`() throws {
        let result = try check(["0 dequeue nil > 2"], initial: [5, 1, 2])
        let steps = try #require(result.counterexample?.steps)
        let beginnings = ["5", "1"].map {
            "The queue began with [\($0) 2] of the values named here."
        }
        #expect(beginnings.contains(steps[0]), "\(steps)")
        let whole = try check(["0 dequeue nil > 2"], initial: [1, 2])
        #expect(whole.counterexample?.steps.first == "The queue began with [1 2].")
    }

    @Test func `where all are shown nobody is warned that they are not`() throws {
        let lines = [
            "0 :invoke :dequeue nil", "1 enqueue 1", "1 enqueue 2", "1 enqueue 1",
            "0 :ok :dequeue 2",
        ]
        let little = try check(lines, budget: Budget(steps: 3, bytes: 1 << 20))
        let counterexample = try #require(little.counterexample)
        #expect(counterexample.participants.count == 4)
        #expect(!counterexample.steps.contains { $0.contains("prove nothing") })
    }

    @Test(arguments: [2, 3])
    func `what the model does not know leaves it undecided, whatever came before`(value: Int) throws
    {
        let lines = ["0 dequeue nil > 2", "0 peek nil > \(value)"]
        let result = try check(lines)
        #expect(result.verdict == .unknown)
        #expect(result.reasons.first?.contains("peek") == true)
    }

    /// Whoever is under way at a return, and takes something only later, can't be left out there.
    @Test func `a proof begins where nothing was under way`() throws {
        let before = (1...7).flatMap { _ in ["0 enqueue 1", "0 dequeue nil > 1"] }
        let result = try check(
            before + [
                "0 enqueue 1", "0 :invoke :dequeue nil", "1 :invoke :dequeue nil",
                "0 :ok :dequeue 1", "0 enqueue 2", "0 enqueue 1", "1 :ok :dequeue 2",
                "0 enqueue 2", "0 dequeue nil > 2",
            ])
        let counterexample = try #require(result.counterexample)
        #expect(
            counterexample.steps.first
                == "At event 27 nothing that counts was under way, and the queue can only have held []."
        )
        #expect(counterexample.participants.contains { $0.process == 1 })
    }
}
