import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

/// What the searches leave out is seen in how little they do.
@Suite struct SearchEffortTests {
    @Test(arguments: [(unknown: 0, steps: 9_457), (unknown: 60, steps: 9_546)])
    func `a register is searched in few steps`(unknown: Int, steps: Int) throws {
        var random = RandomObjectHistory(.register, rng: Seed(51).stream("effort \(unknown)"))
        random.liesPerMille = 0
        random.unknownPerMille = unknown
        var done = 0
        for _ in 0..<20 {
            let events = random.events(count: 150, clients: 6)
            var search = try registerSearch(OperationList(History(events: events)))
            try #require(search.advance(until: .max) == .linearizable)
            done += search.steps
        }
        #expect(done <= steps)
    }

    @Test(arguments: [
        ("queue", TestObject.queue(unique: false), 64_808),
        ("counter", .counter(mixed: true), 2_801),
        ("registers", .multiRegister, 3_796),
    ])
    func `an object is searched in few steps`(
        name: String, object: TestObject, steps: Int
    ) throws {
        var random = RandomObjectHistory(object, rng: Seed(52).stream(name))
        random.liesPerMille = 0
        random.unknownPerMille = 20
        let model = try #require(ObjectModel.named(object.model))
        var done = 0
        for _ in 0..<20 {
            let events = random.events(count: 40, clients: 4)
            let operations = try OperationList(History(events: events))
            for conclusion in try conclusions(on: operations, model) {
                try #require(conclusion.verdict == .valid)
                done += conclusion.steps
            }
        }
        #expect(done <= steps, "\(name)")
    }

    @Test(arguments: [
        (unknown: 0, steps: 1_185), (unknown: 60, steps: 2_024), (unknown: 300, steps: 910),
    ])
    func `a register is shown to be wrong in few steps`(unknown: Int, steps: Int) throws {
        var random = RandomObjectHistory(.register, rng: Seed(53).stream("lies \(unknown)"))
        random.unknownPerMille = unknown
        var done = 0
        var wrong = 0
        for _ in 0..<100 {
            var search = try registerSearch(random.operations(count: 30))
            guard search.advance(until: .max) != .linearizable else { continue }
            wrong += 1
            done += search.steps
        }
        #expect(wrong > 20 && done <= steps)
    }

    @Test(arguments: [
        ("queue", TestObject.queue(unique: false), 7_260),
        ("counter", .counter(mixed: true), 2_480),
        ("registers", .multiRegister, 2_472),
    ])
    func `an object is shown to be wrong in few steps`(
        name: String, object: TestObject, steps: Int
    ) throws {
        var random = RandomObjectHistory(object, rng: Seed(54).stream(name))
        random.unknownPerMille = 60
        let model = try #require(ObjectModel.named(object.model))
        var done = 0
        var wrong = 0
        for _ in 0..<100 {
            let operations = try random.operations(count: 20)
            for conclusion in try conclusions(on: operations, model)
            where conclusion.verdict == .invalid {
                wrong += 1
                done += conclusion.steps
            }
        }
        #expect(wrong > 20 && done <= steps, "\(name)")
    }

    private func registerSearch(_ operations: OperationList) -> RegisterSearch {
        let members = operations.indices.map { Int32($0) }
        return RegisterSearch(
            RegisterHistory(members: members, of: operations, initial: .null), bytesMax: .max)
    }

    private func conclusions(
        on operations: OperationList, _ model: ObjectModel
    ) throws -> [KeyResult] {
        var checks = LinearizabilityChecker(model: model).keyChecks(
            of: operations, method: .search)
        return try checks.indices.map { number in
            while !checks[number].advance(steps: .max) {}
            return try #require(checks[number].conclusion)
        }
    }
}
