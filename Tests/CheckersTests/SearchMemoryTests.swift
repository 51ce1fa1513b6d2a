import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

/// States that can't come back are forgotten, and nothing else comes of it.
@Suite struct SearchMemoryTests {
    private func search(_ operations: OperationList, bytesMax: Int) -> ModelSearch {
        let model = DequeueModel(
            operations.indices.map { (Int32($0), operations[$0]) }, initial: [])
        let history = ModelHistory(model.numbered, model: model)
        return ModelSearch(history, of: model, bytesMax: bytesMax)
    }

    @Test func `a search takes the same way whatever memory it may use`() throws {
        var random = RandomObjectHistory(
            .queue(unique: false), rng: Seed(33).stream("ways"))
        var impossible = 0
        for round in 0..<60 {
            random.unknownPerMille = round % 3 * 5
            random.liesPerMille = round % 2 * 8
            let events = random.events(count: 200, clients: 4 + round % 6)
            let operations = try OperationList(History(events: events))
            var free = search(operations, bytesMax: .max)
            var tight = search(operations, bytesMax: 40_000)
            let outcome = free.advance(until: 200_000)
            // What counts is that it forgets often, not that it ends for want of room.
            let other = tight.advance(until: 200_000)
            guard other != .outOfMemory else { continue }
            try #require(other == outcome && tight.steps == free.steps)
            if outcome?.isImpossible == true { impossible += 1 }
        }
        #expect(impossible > 5)
    }

    @Test(arguments: [200, 20_000])
    func `a long search takes no more memory than a short one`(count: Int) throws {
        var random = RandomObjectHistory(
            .queue(unique: false), rng: Seed(34).stream("long"))
        random.unknownPerMille = 0
        random.liesPerMille = 0
        let events = random.events(count: count, clients: 3)
        let operations = try OperationList(History(events: events))
        let budget = Budget(steps: 1_000_000, bytes: 200_000)
        let result = LinearizabilityChecker(model: .queue, budget: budget).check(operations)
        #expect(result.verdict == .valid, "\(result.reasons)")
    }
}
