import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

@Suite struct RegisterStreamTests {
    private func replay(_ operations: OperationList) -> RegisterReplay {
        RegisterReplay(
            members: operations.indices.map { Int32($0) }, of: operations, initial: .null,
            reading: .register)
    }

    @Test(arguments: [true, false])
    func `what a stream decides agrees with trying every order`(uniqueValues: Bool) throws {
        var random = RandomHistory(
            rng: Seed(uniqueValues ? 51 : 52).stream("histories"), uniqueValues: uniqueValues)
        var decided = 0
        let rounds = Fuzzing.rounds(60_000)
        for round in 0..<rounds {
            random.liesPerMille = round % 3 * 125
            let history = History(events: random.events(count: 2 + round % 9))
            let operations = try OperationList(history)
            let stream = replay(operations).stream
            if stream.end == .repeatedValue { continue }
            decided += 1
            try #require(
                (stream.end == nil) == BruteForce.isLinearizable(operations), "\(render(history))")
        }
        #expect(uniqueValues ? decided == rounds : decided > rounds / 10)
    }

    @Test func `what a stream forgets makes no difference`() throws {
        var random = RandomHistory(rng: Seed(53).stream("histories"), uniqueValues: true)
        var valid = 0
        let rounds = Fuzzing.rounds(3_000)
        for round in 0..<rounds {
            random.liesPerMille = [0, 1, 3, 10][round % 4]
            random.nearMissesPerMille = round % 3 * 10
            let history = History(events: random.events(count: 20 + round % 300))
            let operations = try OperationList(history)
            let reduced = RegisterHistory(
                members: operations.indices.map { Int32($0) }, of: operations, initial: .null)
            var monitor = try #require(BlockMonitor(reduced))
            let isValid = monitor.violation() == nil
            if isValid { valid += 1 }
            try #require((replay(operations).stream.end == nil) == isValid, "round \(round)")
        }
        #expect(valid > rounds / 5 && valid < rounds * 19 / 20)
    }
}
