import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

/// What is settled by counting, before or instead of a search.
@Suite struct CountingTests {
    private func check(
        _ model: ObjectModel, _ lines: [String], initial: Value? = nil,
        budget: Budget = .standard
    ) throws -> CheckerResult {
        try LinearizabilityChecker(model: model, initial: initial, budget: budget).check(
            History(script: StreamDetailTests.script(lines)))
    }

    private static let objects: [(model: ObjectModel, put: String, take: String)] = [
        (.queue, "enqueue", "dequeue"), (.stack, "push", "pop"),
        (.priorityQueue, "insert", "poll"),
    ]

    /// Values that come back leave it to the search, which here has no step to spend.
    @Test(arguments: objects.indices)
    func `a value is not taken more often than it was put in`(object: Int) throws {
        let (model, put, take) = Self.objects[object]
        let nothing = Budget(steps: 0, bytes: 1 << 20)
        let twice = ["0 \(put) 1", "0 \(put) 1", "0 \(take) nil > 1", "0 \(take) nil > 1"]
        #expect(try check(model, twice, budget: nothing).verdict == .unknown)
        let result = try check(model, twice + ["0 \(take) nil > 1"], budget: nothing)
        #expect(result.verdict == .invalid && result.kind == "phantom-value")
        #expect(
            result.counterexample?.summary
                == "C, D and E took 1, which can have been there only twice.")
        let strange = try check(model, twice + ["0 \(take) nil > 7"], budget: nothing)
        #expect(
            strange.counterexample?.summary
                == "A (\(take) → 7) took a value that nobody had put in."
        )
        // What somebody else may have brought in another way is no proof.
        let unclear = twice + ["1 offer 7", "0 \(take) nil > 7"]
        #expect(try check(model, unclear, budget: nothing).verdict == .unknown)
    }

    @Test(arguments: objects.indices)
    func `a put counts from its call, a take at its return, and what was there at first`(
        object: Int
    ) throws {
        let (model, put, take) = Self.objects[object]
        let late = [
            "0 \(put) 2", "0 \(put) 2", "1 :invoke :\(take) nil", "2 :invoke :\(put) 1",
            "1 :ok :\(take) 1", "2 :info :\(put) 1", "0 \(take) nil > 2",
        ]
        #expect(try check(model, late).verdict == (object == 0 ? .invalid : .valid))
        #expect(try check(model, late).kind != "phantom-value")
        let lines = ["0 \(take) nil > 1", "0 \(take) nil > 1"]
        #expect(try check(model, lines, initial: [1, 1]).verdict == .valid)
        let result = try check(model, lines, initial: [1])
        #expect(result.verdict == .invalid)
        let first = object == 0 ? "The queue began with [1]." : "At first 1 was there once."
        #expect(result.counterexample?.steps.first == first)
    }

    @Test(arguments: objects.indices)
    func `nil is nothing that can be put in`(object: Int) throws {
        let (model, put, take) = Self.objects[object]
        let lines = ["0 \(put) nil", "0 \(take) nil > nil", "0 \(take) nil > nil"]
        let result = try check(model, lines)
        #expect(result.verdict == .unknown)
        #expect(result.reasons.first?.contains("\(put) of nil") == true)
    }

    @Test(arguments: [
        (["0 increment nil", "0 read nil > 9223372036854775807"], Verdict.unknown),
        (["0 read nil > -9223372036854775808", "0 read nil > 9223372036854775807"], .unknown),
        (["0 add 9223372036854775807", "0 increment nil", "0 read nil > 0"], .unknown),
        (["0 decrement -9223372036854775808", "0 read nil > 0"], .unknown),
        (
            ["0 add 4611686018427387903", "0 read nil > 4611686018427387903"], .valid
        ),
        (
            [
                "0 add 2611686018427387904", "0 add 2611686018427387904",
                "0 read nil > 5223372036854775808",
            ], .unknown
        ),
        (["0 add 4611686018427387903", "0 read nil > 4611686018427387902"], .invalid),
    ])
    func `a counter is not counted beyond what can be`(lines: [String], verdict: Verdict) throws {
        #expect(try check(.counter, lines).verdict == verdict)
        var stream = try #require(StreamingChecker(model: .counter))
        for event in try History(script: StreamDetailTests.script(lines)).events {
            try stream.add(event)
        }
        #expect(stream.verdict == .unknown)
    }

    /// Which of the values that were put in at a time comes first shows only much later.
    @Test(arguments: 1...5)
    func `a queue with values that come back is searched with foresight`(seed: Int) throws {
        var random = RandomObjectHistory(
            .queue(unique: false), rng: Seed(UInt64(seed)).stream("foresight"))
        random.unknownPerMille = seed % 2 == 0 ? 0 : 20
        random.liesPerMille = 0
        let operations = try random.operations(count: 300)
        let budget = Budget(steps: 40_000, bytes: 64 << 20)
        let result = LinearizabilityChecker(model: .queue, budget: budget).check(operations)
        #expect(result.verdict == .valid)
    }

    /// It is known that there is no order: that the proof takes too long makes no difference.
    @Test func `what is refuted stays so when time is up`() throws {
        let lines = ["0 enqueue 1", "0 enqueue 2", "0 enqueue 1", "0 dequeue nil > 2"]
        let operations = try OperationList(History(script: StreamDetailTests.script(lines)))
        for steps in 1...30 {
            let checks = LinearizabilityChecker(model: .queue).keyChecks(of: operations)
            var check = try #require(checks.first)
            guard !check.advance(steps: steps) else { continue }
            let isRefuted = check.isRefuted
            check.giveUp(because: "time is up")
            #expect(check.conclusion?.verdict == (isRefuted ? .invalid : .unknown))
        }
    }
}
