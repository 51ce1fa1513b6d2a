import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

/// What an explanation says an object can have held includes what it did hold.
@Suite struct ExplanationTruthTests {
    private func check<Model: SequentialModel>(_ model: Model, _ object: TestObject) throws {
        let checker = LinearizabilityChecker(model: try #require(.named(object.model)))
        var random = RandomObjectHistory(object, rng: Seed(81).stream(object.model))
        random.unknownPerMille = 0
        var told = 0
        for round in 0..<Fuzzing.rounds(1_000) {
            let events = random.events(count: 3 + round % 12, clients: 1)
            let operations = try OperationList(History(events: events))
            // One process does one thing at a time: there is only one order.
            let history = ModelHistory(
                members: operations.indices.map { Int32($0) }, of: operations, model: model)
            var state = model.initial
            var culprit: ModelOperation?
            for operation in history.operations {
                guard let next = model.step(state, history.actions[Int(operation.action)]).first
                else {
                    culprit = operation
                    break
                }
                state = next
            }
            let result = checker.check(operations)
            #expect((result.verdict == .invalid) == (culprit != nil))
            guard let summary = result.counterexample?.summary, summary.contains("only have held")
            else { continue }
            told += 1
            // Of single values it is told what became of them alone.
            guard !summary.contains("of the values named here") else { continue }
            let isHeld = summary.contains(model.describe(state)) || summary.contains(" more ")
            #expect(isHeld, "\(model.describe(state)): \(summary)\n\(render(operations))")
        }
        #expect(told * 20 > Fuzzing.rounds(1_000), "\(object.model): \(told)")
    }

    @Test func `a counter`() throws {
        try check(CounterModel(initial: nil), .counter(mixed: true))
    }

    @Test func `a queue`() throws { try check(QueueModel(initial: []), .queue(unique: false)) }

    @Test func `a stack`() throws {
        try check(StackModel(initial: []), .queue(unique: false, isStack: true))
    }

    @Test func `a priority queue`() throws {
        try check(PriorityQueueModel(initial: nil), .priorityQueue(unique: false))
    }

    @Test func `several registers`() throws {
        try check(MultiRegisterModel(initial: .null), .multiRegister)
    }

    @Test func `the end of a long history is told with what came before`() throws {
        var script = ""
        for number in 1...100 {
            script += "0 :invoke :add \(number % 7)\n1 :invoke :decrement nil\n"
            script += "0 :ok :add \(number % 7)\n1 :ok :decrement nil\n"
        }
        let sum = (1...100).reduce(0) { $0 + $1 % 7 - 1 }
        script += "0 :invoke :read nil\n0 :ok :read \(sum + 1)"
        let result = try LinearizabilityChecker(model: .counter).check(History(script: script))
        let counterexample = try #require(result.counterexample)
        #expect(counterexample.summary.contains("can only have held \(sum) "))
        #expect(counterexample.steps.first?.contains("the last of 201 operations") == true)
        #expect(counterexample.participants.count < 5)
    }

    /// Whoever is told that all was as at first can check the rest alone.
    @Test(arguments: [TestObject.queue(unique: false), .counter(mixed: true)])
    func `what came before all was as at first is not told`(object: TestObject) throws {
        let checker = LinearizabilityChecker(model: try #require(.named(object.model)))
        var random = RandomObjectHistory(object, rng: Seed(82).stream(object.model))
        random.unknownPerMille = 5
        random.liesPerMille = 30
        var told = 0
        for _ in 0..<400 {
            let events = random.events(count: 40, clients: 2)
            let operations = try OperationList(History(events: events))
            guard let counterexample = checker.check(operations).counterexample,
                let start = counterexample.steps.first?.prefixMatch(
                    of: /At event (\d+) nothing that counts/),
                let event = Int(start.1)
            else { continue }
            told += 1
            let calls = counterexample.participants.map(\.call)
            try #require(calls.allSatisfy { $0 > event })
            let named = operations.filter { calls.contains($0.call) }
            let part = operations.filter {
                calls.contains($0.call) || $0.outcome == .info && $0.function != "enqueue"
            }
            try #require(
                !ObjectBruteForce.isLinearizable(part, object),
                "\(counterexample)\n\(render(operations))")
            let values = Set(named.flatMap { [$0.input, $0.output] }).subtracting([.null])
            #expect(
                !operations.contains {
                    let counts = object.model == "counter" || values.contains($0.output)
                    return $0.call < event && $0.return ?? 0 > event && counts && $0.outcome == .ok
                })
        }
        #expect(told > 0, "\(object.model)")
    }
}
