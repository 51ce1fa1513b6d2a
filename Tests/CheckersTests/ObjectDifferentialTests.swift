import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

@Suite struct ObjectDifferentialTests {
    /// Objects; of some all that is valid is decided by a monitor, without search.
    static let objects: [(name: String, object: TestObject, isMonitored: Bool)] = [
        ("register", .register, false),
        ("queue", .queue(unique: false), false),
        ("queue of unique values", .queue(unique: true), true),
        ("stack", .queue(unique: false, isStack: true), false),
        ("stack of unique values", .queue(unique: true, isStack: true), false),
        ("priority queue", .priorityQueue(unique: false), false),
        ("priority queue of unique values", .priorityQueue(unique: true), false),
        ("mutex", .lock(owned: false), true),
        ("lock", .lock(owned: true), true),
        ("lock with tokens", .fencedLock, true),
        ("set by element", .set(readWhole: false), true),
        ("set by element without results", .set(readWhole: false, withResults: false), false),
        ("set read whole", .set(readWhole: true), false),
        ("set that only grows", .set(readWhole: true, withResults: false, growsOnly: true), true),
        ("text", .text, false),
        ("text of unique words", .textOfUniqueWords, true),
        ("list", .list(unique: false), false),
        ("list of unique values", .list(unique: true), true),
        ("counter", .counter(mixed: false), true),
        ("counter with any amounts", .counter(mixed: true), false),
        ("registers", .multiRegister, false),
    ]

    @Test(arguments: objects.indices)
    func `a checker agrees with trying every order`(number: Int) throws {
        let (name, object, isMonitored) = Self.objects[number]
        let model = try #require(ObjectModel.named(object.model))
        let checker = LinearizabilityChecker(model: model)
        var random = RandomObjectHistory(object, rng: Seed(41).stream(name))
        var valid = 0
        let rounds = Fuzzing.rounds(4_000)
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
                if conclusion.verdict == .valid, isMonitored {
                    try #require(conclusion.method == .monitor, "\(render(operations))")
                }
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
        _ conclusion: KeyResult, _ operations: OperationList, _ object: TestObject
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
