import HistoryModel
import Testing

@testable import Checkers

/// What exactly is told, and by what it was decided, where one condition makes the difference.
@Suite struct ExplanationDetailTests {
    private func check(
        _ model: String, _ lines: [String], budget: Budget = .standard
    ) throws -> CheckerResult {
        let known = try #require(ObjectModel.named(model))
        return LinearizabilityChecker(model: known, budget: budget).check(
            try OperationList(History(script: StreamDetailTests.script(lines))))
    }

    @Test func `an element of a set is no key`() throws {
        let result = try check("set", ["0 add 7", "0 contains 7 > false"])
        #expect(result.counterexample?.key == nil)
        #expect(result.counterexample?.element == "7")
        #expect(try check("cas-register", ["0 read > 7"]).counterexample?.element == nil)
    }

    /// That the first was released later is no part of it.
    @Test func `a lock that was held by two is told by the two alone`() throws {
        let result = try check("lock", ["0 acquire", "1 acquire", "0 release", "1 release"])
        let counterexample = try #require(result.counterexample)
        #expect(counterexample.participants.map(\.action) == ["acquire", "acquire"])
        #expect(
            counterexample.steps.contains {
                $0.hasSuffix("process 0 had not begun to release it by then.")
            })
    }

    @Test(arguments: [
        (
            "counter",
            [
                "0 increment", "0 increment", "1 :invoke :read nil", "0 increment",
                "0 :invoke :read nil", "1 :ok :read 3", "0 :ok :read 1",
            ], "A read 3, but the counter can't have been more than 1 by then."
        ),
        (
            "counter",
            [
                "0 increment", "0 increment", "1 :invoke :read nil", "0 :invoke :increment nil",
                "1 :ok :read 2", "0 :ok :increment nil", "0 read > 2",
            ], "D read 2, but the counter was at least 3 by then."
        ),
        (
            "counter",
            [
                "0 increment", "1 :invoke :increment nil", "2 read > 2", "1 :ok :increment nil",
                "0 read > 3",
            ], "C read 3, but the counter can't have been more than 2 by then."
        ),
        (
            "counter", ["0 :invoke :increment nil", "0 :fail :increment nil", "0 read > 1"],
            "A read 1, but the counter can't have been more than 0 by then."
        ),
        (
            "fenced-lock", ["0 acquire > 5", "0 release", "1 acquire > 3"],
            "C (acquire → 3) got no larger token than A (acquire → 5), which had the lock before."
        ),
        (
            "cas-register", ["0 write 1", "0 read > 1", "0 write 2", "0 read > 2", "0 read > nil"],
            "B read nil, although 1 had taken the place of nil before."
        ),
        (
            "queue",
            [
                "0 :invoke :dequeue nil", "1 enqueue 1", "0 :ok :dequeue 1", "1 enqueue 2",
                "1 enqueue 3", "1 dequeue > 3",
            ],
            "B (enqueue 3) was taken from the queue although A (enqueue 2) had come before it and was "
                + "still there."
        ),
    ])
    func `the nearest reason is told`(model: String, lines: [String], summary: String) throws {
        let result = try check(model, lines)
        #expect(result.counterexample?.summary == summary)
    }

    @Test(arguments: [
        ("stack", ["0 push 1", "0 pop > 1"]), ("priority-queue", ["0 insert 1", "0 poll > 1"]),
    ])
    func `a monitor decides at once, and within its budget`(model: String, lines: [String]) throws {
        let result = try check(model, lines)
        #expect(result.verdict == .valid)
        #expect(result.measures.contains(.init("keys decided by monitor", "1")))
        let short = try check(model, lines, budget: Budget(steps: 1, bytes: 1 << 20))
        #expect(short.verdict == .unknown)
    }

    @Test(arguments: [
        (
            "counter",
            [
                "1 :invoke :read nil", "0 increment", "2 read > 1", "0 increment", "1 :ok :read 2",
                "0 increment", "0 increment", "0 increment", "2 read > 2",
            ], ["increment", "read → 2", "read → 2"]
        ),
        (
            "stack",
            (1...10).flatMap { ["0 push \($0)", "0 pop > \($0)"] }
                + ["0 push 98", "0 push 99", "0 pop > 98"],
            ["pop → 98", "push 98", "push 99"]
        ),
    ])
    func `nothing is told that is not needed`(
        model: String, lines: [String], needed: [String]
    ) throws {
        let result = try check(model, lines)
        let actions = try #require(result.counterexample).participants.map(\.action)
        #expect(actions.sorted() == needed)
    }

    @Test func `the largest concurrency is that of the busiest moment`() throws {
        let result = try check(
            "cas-register",
            [
                "0 :invoke :write 1", "1 :invoke :write 2", "0 :ok :write 1", "1 :ok :write 2",
                "0 read > 2",
            ])
        #expect(result.measures.contains(.init("largest concurrency", "2")))
    }
}
