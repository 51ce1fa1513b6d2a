import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

@Suite struct CounterexampleReducerTests {
    @Test(arguments: [true, false])
    func `a counterexample holds nothing that is not needed`(uniqueValues: Bool) throws {
        var random = RandomHistory(
            rng: Seed(uniqueValues ? 31 : 32).stream("histories"), uniqueValues: uniqueValues)
        random.liesPerMille = 40
        var reduced = 0
        var largest = 0
        for _ in 0..<250 {
            let operations = try OperationList(History(events: random.events(count: 60)))
            let whole = RegisterHistory(
                members: operations.indices.map { Int32($0) }, of: operations, initial: .null)
            var search = RegisterSearch(whole, bytesMax: .max)
            guard case .impossible(let last) = search.advance(until: .max) else { continue }
            reduced += 1
            var reducer = CounterexampleReducer(stepsLeft: 1_000_000, bytesMax: .max)
            let window = reducer.lastWindow(of: whole.prefix(toReturnOf: last))
            let smallest = reducer.reduce(window)
            try #require(reducer.outcome(of: smallest) != .linearizable)
            largest = max(largest, smallest.operations.count)
            for weakening in smallest.forgettableValues() + smallest.droppableOperations() {
                let rest = smallest.weakened(by: [weakening])
                try #require(reducer.outcome(of: rest) == .linearizable)
            }
        }
        #expect(reduced > 50)
        #expect(largest <= (uniqueValues ? 10 : 16))
    }
}
