import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

@Suite struct RegisterDifferentialTests {
    @Test(arguments: [true, false])
    func `monitor and search agree with trying every order`(uniqueValues: Bool) throws {
        var random = RandomHistory(
            rng: Seed(uniqueValues ? 11 : 12).stream("histories"), uniqueValues: uniqueValues)
        var valid = 0
        var byMonitor = 0
        let rounds = Fuzzing.rounds(60_000)
        for round in 0..<rounds {
            let history = History(events: random.events(count: 2 + round % 8))
            let operations = try OperationList(history)
            let expected = BruteForce.isLinearizable(operations)
            if expected { valid += 1 }
            let reduced = RegisterHistory(
                members: operations.indices.map { Int32($0) }, of: operations, initial: .null)
            if var monitor = ZoneMonitor(reduced) {
                byMonitor += 1
                try #require((monitor.violation() == nil) == expected, "\(render(history))")
            }
            var search = RegisterSearch(reduced, bytesMax: .max)
            let outcome = search.advance(until: .max)
            try #require((outcome == .linearizable) == expected, "\(render(history))")
        }
        #expect(uniqueValues ? byMonitor == rounds : byMonitor > rounds / 20)
        #expect(valid > rounds / 2 && valid < rounds * 9 / 10)
    }

    @Test(arguments: [true, false], [KeyResult.Method.monitor, .search])
    func `every counterexample is one on its own`(
        uniqueValues: Bool, method: KeyResult.Method
    ) throws {
        var random = RandomHistory(
            rng: Seed(uniqueValues ? 21 : 22).stream("histories"), uniqueValues: uniqueValues)
        for round in 0..<Fuzzing.rounds(2_000) {
            let history = History(events: random.events(count: 3 + round % 8))
            let operations = try OperationList(history)
            let expected: Verdict = BruteForce.isLinearizable(operations) ? .valid : .invalid
            let conclusion = try conclusion(operations, method: method)
            try #require(conclusion.verdict == expected, "\(render(history))")
            if expected == .invalid { try confirm(conclusion, operations, history) }
        }
    }

    /// A counterexample has to be one on its own.
    private func confirm(
        _ conclusion: KeyResult, _ operations: OperationList, _ history: History
    ) throws {
        let counterexample = try #require(conclusion.counterexample, "\(render(history))")
        let calls = counterexample.participants.map(\.call)
        let part = operations.filter { calls.contains($0.call) }
        try #require(part.count == calls.count)
        try #require(!BruteForce.isLinearizable(part), "\(counterexample)\n\(render(history))")
        try #require(!counterexample.steps.isEmpty)
    }

    private func conclusion(
        _ operations: OperationList, method: KeyResult.Method
    ) throws -> KeyResult {
        var checks = LinearizabilityChecker().keyChecks(of: operations, method: method)
        while !checks[0].advance(steps: 100) {}
        return try #require(checks[0].conclusion)
    }
}

/// The history as lines that can be pasted into a bug report.
func render(_ history: History) -> String {
    history.events.map {
        "\($0.index) p\($0.process.rawValue) \($0.type) \($0.function.rawValue) \($0.value)"
            + ($0.found.map { " found \($0)" } ?? "")
    }.joined(separator: "\n")
}
