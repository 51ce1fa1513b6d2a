import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

@Suite struct ObjectDifferentialTests {
    static let objects: [(name: String, object: TestObject)] = [
        ("queue", .queue(unique: false)),
        ("queue of unique values", .queue(unique: true)),
        ("stack", .queue(unique: false, isStack: true)),
        ("mutex", .lock(owned: false)),
        ("lock", .lock(owned: true)),
        ("set by element", .set(readWhole: false)),
        ("set by element without results", .set(readWhole: false, withResults: false)),
        ("set read whole", .set(readWhole: true)),
        ("set that only grows", .set(readWhole: true, withResults: false, growsOnly: true)),
        ("text", .text),
        ("list", .list(unique: false)),
        ("list of unique values", .list(unique: true)),
        ("counter", .counter(mixed: false)),
        ("counter with any amounts", .counter(mixed: true)),
        ("registers", .multiRegister),
    ]

    @Test(arguments: objects.indices)
    func `a checker agrees with trying every order`(number: Int) throws {
        let (name, object) = Self.objects[number]
        let model = try #require(ObjectModel.named(object.model))
        let checker = LinearizabilityChecker(model: model)
        var random = RandomObjectHistory(object, rng: Seed(41).stream(name))
        var valid = 0
        let rounds = Fuzzing.rounds(5_000)
        for round in 0..<rounds {
            random.liesPerMille = round % 3 * 100
            let operations = try random.operations(count: 2 + round % 8)
            let expected = ObjectBruteForce.isLinearizable(operations, object)
            if expected { valid += 1 }
            var verdict = Verdict.valid
            for var check in checker.keyChecks(of: operations) {
                while !check.advance(steps: 1 + round % 5) {}
                let conclusion = try #require(check.conclusion)
                verdict = .worst([verdict, conclusion.verdict])
                guard conclusion.verdict == .invalid else { continue }
                try confirm(conclusion, operations, object)
            }
            try #require(
                verdict == (expected ? .valid : .invalid), "\(name)\n\(render(operations))")
        }
        #expect(valid > rounds / 4 && valid < rounds * 19 / 20, "\(name): \(valid) of \(rounds)")
    }

    /// A counterexample has to be one on its own.
    private func confirm(
        _ conclusion: KeyConclusion, _ operations: OperationList, _ object: TestObject
    ) throws {
        let counterexample = try #require(conclusion.counterexample, "\(render(operations))")
        let calls = counterexample.participants.map(\.call)
        let part = operations.filter { calls.contains($0.call) }
        try #require(part.count == calls.count)
        try #require(
            !ObjectBruteForce.isLinearizable(part, object),
            "\(counterexample)\n\(render(operations))")
        try #require(!counterexample.steps.isEmpty)
    }
}

/// Operations as lines that can be pasted into a bug report.
func render(_ operations: some Sequence<Operation>) -> String {
    operations.map {
        "\($0.call)–\($0.return.map(String.init) ?? "") p\($0.process.rawValue) \($0.outcome) "
            + "\($0.function.rawValue) \($0.input) → \($0.output)"
    }.joined(separator: "\n")
}
