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
        for unclear in [["1 offer 8"], ["1 \(put) nil"]] {
            let lines = twice + unclear + ["0 \(take) nil > 7"]
            #expect(try check(model, lines, budget: nothing).verdict == .unknown)
        }
        // Nor is what somebody may have been told who does not know.
        let lost = twice + ["1 :invoke :\(take) nil", "1 :info :\(take) 7"]
        #expect(try check(model, lost, budget: nothing).verdict == .unknown)
        let failed = twice + ["1 :invoke :\(put) 7", "1 :fail :\(put) 7", "0 \(take) nil > 7"]
        let proof = try check(model, failed, budget: nothing).counterexample
        #expect(proof?.steps.last?.hasSuffix("to put 7 in, but for attempts that failed.") == true)
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
        #expect(result.reasons.first?.contains("no \(put) is judged that asks for nil") == true)
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

    @Test func `a stream does not count beyond what can be`() throws {
        let limit = Int64(CounterModel.limit)
        for (initial, lines) in [
            (limit, ["0 increment nil"]), (-limit, ["0 increment nil"]),
            (limit - 1, ["0 increment nil", "0 read nil > \(limit)"]),
        ] {
            var stream = try #require(
                StreamingChecker(model: .counter, initial: .integer(initial)))
            for event in try History(script: StreamDetailTests.script(lines)).events {
                try stream.add(event)
            }
            #expect(stream.verdict == .unknown)
        }
        let many = Array(repeating: "0 add \(limit - 1)", count: 6) + ["0 read nil > 0"]
        #expect(try check(.counter, many).verdict == .unknown)
    }

    /// Two that dequeues of unknown outcome have taken stand in front of one that was dequeued.
    @Test func `as many values are out of place as dequeues of unknown outcome can take`() throws {
        let lost = (1...2).flatMap { ["\($0) :invoke :dequeue nil", "\($0) :info :dequeue nil"] }
        let before = ["0 enqueue 7", "0 enqueue 7"]
        let after = ["0 enqueue 1", "0 dequeue nil > 1"]
        #expect(try check(.queue, lost + before + after).verdict == .valid)
        #expect(try check(.queue, lost + before + ["0 enqueue 7"] + after).verdict == .invalid)
        let rest = ["0 enqueue 7", "0 enqueue 8", "0 enqueue 8"]
        #expect(try check(.queue, lost + before + after + rest).verdict == .valid)
        #expect(
            try check(
                .queue, ["0 enqueue 1", "0 enqueue 1", "0 dequeue nil > 1", "0 dequeue nil > nil"]
            )
            .verdict == .invalid)
    }

    @Test func `a queue with values that come back is decided in few steps`() throws {
        var done = 0
        for unknown in [0, 100] {
            var random = RandomObjectHistory(
                .queue(unique: false), rng: Seed(7).stream("steps \(unknown)"))
            random.unknownPerMille = unknown
            for _ in 0..<60 {
                let operations = try random.operations(count: 40)
                let all = operations.indices.map { (Int32($0), operations[$0]) }
                let model = DequeueModel(all, initial: [])
                let history = ModelHistory(model.numbered, model: model)
                var search = ModelSearch(history, of: model, bytesMax: .max)
                _ = search.advance(until: 20_000)
                done += search.steps
            }
        }
        #expect(done <= 5_134)
    }

    /// Which of the values that were put in at a time comes first shows only much later.
    @Test(arguments: 1...5)
    func `a long queue with values that come back`(seed: Int) throws {
        var random = RandomObjectHistory(
            .queue(unique: false), rng: Seed(UInt64(seed)).stream("long"))
        random.unknownPerMille = seed % 2 == 0 ? 0 : 20
        random.liesPerMille = 0
        let operations = try random.operations(count: 300)
        let budget = Budget(steps: 40_000, bytes: 64 << 20)
        let result = LinearizabilityChecker(model: .queue, budget: budget).check(operations)
        #expect(result.verdict == .valid)
    }

    @Test func `a queue that holds something at first is searched like any other`() throws {
        var object = TestObject.queue(unique: false)
        object.initial = .list([1, 0, 1])
        var random = RandomObjectHistory(object, rng: Seed(12).stream("initial"))
        let checker = LinearizabilityChecker(model: .queue, initial: object.initial)
        for round in 0..<Fuzzing.rounds(1_000) {
            random.liesPerMille = round % 3 * 100
            let operations = try random.operations(count: 2 + round % 8)
            let expected = ObjectBruteForce.isLinearizable(operations, object)
            let verdict = checker.check(operations).verdict
            try #require(verdict == (expected ? .valid : .invalid), "\(render(operations))")
        }
    }

    /// In which order values went in shows only much later, or never.
    @Test(arguments: [5, 10, 20])
    func `many clients at a queue with values that come back`(clients: Int) throws {
        var random = RandomObjectHistory(
            .queue(unique: false), rng: Seed(9).stream("crowd \(clients)"))
        random.unknownPerMille = 0
        random.liesPerMille = 0
        let events = random.events(count: 1_000, clients: clients)
        let budget = Budget(steps: 100_000, bytes: 64 << 20)
        let result = LinearizabilityChecker(model: .queue, budget: budget)
            .check(try OperationList(History(events: events)))
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
            // Once it is known, there is something to tell.
            #expect((check.conclusion?.counterexample != nil) == isRefuted)
        }
    }
}
