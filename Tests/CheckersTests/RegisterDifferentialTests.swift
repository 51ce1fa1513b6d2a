import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

@Suite struct RegisterDifferentialTests {
    @Test(arguments: [true, false])
    func `monitor and search agree with trying every order`(uniqueValues: Bool) throws {
        var random = RandomHistory(
            rng: Seed(uniqueValues ? 11 : 12).stream("histories"), uniqueValues: uniqueValues)
        var found: [Verdict: Int] = [:]
        var byMonitor = 0
        for round in 0..<60_000 {
            let history = History(events: random.events(count: 2 + round % 8))
            let operations = try history.operations()
            let expected: Verdict = BruteForce.isLinearizable(operations) ? .valid : .invalid
            let chosen = conclusion(operations)
            if chosen.method == .monitor { byMonitor += 1 }
            try #require(chosen.verdict == expected, "\(render(history))")
            let searched = conclusion(operations, method: .search)
            try #require(searched.verdict == expected, "\(render(history))")
            found[expected, default: 0] += 1
        }
        #expect(byMonitor > (uniqueValues ? 50_000 : 5_000))
        #expect(found[.valid, default: 0] > 10_000)
        #expect(found[.invalid, default: 0] > 10_000)
    }

    private func conclusion(
        _ operations: [Operation], method: KeyConclusion.Method? = nil
    ) -> KeyConclusion {
        let checker = LinearizabilityChecker()
        var checks = checker.keyChecks(of: operations, method: method)
        while !checks[0].advance(steps: 100) {}
        return checks[0].conclusion
            ?? KeyConclusion(
                key: nil, verdict: .unknown, method: .search, judged: 0, concurrency: 0, steps: 0)
    }
}

/// The history as lines that can be pasted into a bug report.
func render(_ history: History) -> String {
    history.events.map {
        "\($0.index) p\($0.process.rawValue) \($0.type) \($0.function.rawValue) \($0.value)"
            + ($0.found.map { " found \($0)" } ?? "")
    }.joined(separator: "\n")
}
