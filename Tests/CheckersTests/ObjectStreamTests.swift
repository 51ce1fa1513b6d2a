import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

@Suite struct ObjectStreamTests {
    /// Objects that are judged event by event; some by every stream, and some as soon as it can be
    /// told that they are wrong.
    static let objects: [(name: String, object: TestObject, isDecided: Bool, isPrompt: Bool)] = [
        ("register", .register, false, false),
        ("queue", .queue(unique: false), false, false),
        ("queue of unique values", .queue(unique: true), true, false),
        ("queue that is never found empty", .queue(unique: true, tellsEmpty: false), true, true),
        ("mutex", .lock(owned: false), true, true),
        ("lock", .lock(owned: true), true, true),
        ("set by element", .set(readWhole: false), true, true),
        (
            "set by element without results", .set(readWhole: false, withResults: false),
            false, true
        ),
        ("set read whole", .set(readWhole: true), false, false),
        (
            "set that only grows", .set(readWhole: true, withResults: false, growsOnly: true),
            true, true
        ),
        ("list", .list(unique: false), false, false),
        ("list of unique values", .list(unique: true), true, true),
        ("counter", .counter(mixed: false), true, true),
        ("counter with any amounts", .counter(mixed: true), false, false),
    ]

    @Test(arguments: objects.indices)
    func `a stream agrees with trying every order`(number: Int) throws {
        let (name, object, isDecided, isPrompt) = Self.objects[number]
        let model = try #require(ObjectModel.named(object.model))
        var random = RandomObjectHistory(object, rng: Seed(61).stream(name))
        var valid = 0
        var decided = 0
        let rounds = Fuzzing.rounds(3_000)
        for round in 0..<rounds {
            random.liesPerMille = round % 3 * 100
            random.failuresPerMille = round % 2 * 100
            let events = random.events(count: 2 + round % 8)
            let operations = try OperationList(History(events: events))
            var checker = try #require(StreamingChecker(model: model))
            for event in events { try checker.add(event) }
            checker.finish()
            if checker.verdict == .unknown {
                try #require(!isDecided, "\(name)\n\(render(operations))")
                continue
            }
            decided += 1
            let expected = ObjectBruteForce.isLinearizable(operations, object)
            if expected { valid += 1 }
            try #require(
                checker.verdict == (expected ? .valid : .invalid),
                "\(name)\n\(render(operations))")
            guard isPrompt, let violation = checker.violation else { continue }
            // Nothing was wrong before the event that is named.
            let before = try OperationList(
                History(events: events.filter { $0.index < violation.index }))
            try #require(
                ObjectBruteForce.isLinearizable(before, object),
                "\(name) at \(violation.index)\n\(render(operations))")
        }
        #expect(decided > rounds / 10, "\(name): \(decided) of \(rounds)")
        #expect(valid > decided / 5 && valid < decided, "\(name): \(valid) of \(decided)")
    }
}
