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
            let operations = try OperationList(History(events: events))
            let history = RegisterHistory(
                members: operations.indices.map { Int32($0) }, of: operations, initial: .null)
            var search = RegisterSearch(history, bytesMax: .max)
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
            for var check in LinearizabilityChecker(model: model).keyChecks(
                of: operations, method: .search)
            {
                while !check.advance(steps: .max) {}
                let conclusion = try #require(check.conclusion)
                try #require(conclusion.verdict == .valid)
                done += conclusion.steps
            }
        }
        #expect(done <= steps, "\(name)")
    }
}
