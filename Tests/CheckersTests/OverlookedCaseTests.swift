import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

/// Histories that random ones hardly ever are: each decides about one condition of a checker.
@Suite struct OverlookedCaseTests {
    private func check(_ model: ObjectModel, _ script: String) throws -> CheckerResult {
        try LinearizabilityChecker(model: model).check(History(script: script))
    }

    private func stream(
        _ model: ObjectModel, _ script: String, initial: Value? = nil
    ) throws -> StreamingChecker {
        var checker = try #require(StreamingChecker(model: model, initial: initial))
        for event in try History(script: script).events { try checker.add(event) }
        return checker
    }

    @Test func `what was called last is what counts for staleness, not what returned last`() throws
    {
        let history = try History(
            script: """
                3 :invoke :write 3
                0 :invoke :write 1
                0 :ok :write 1
                1 :invoke :write 2
                2 :invoke :read nil
                2 :ok :read 1
                1 :ok :write 2
                3 :ok :write 3
                2 :invoke :read nil
                2 :ok :read 1
                """)
        let list = try OperationList(history)
        let reduced = RegisterHistory(
            members: list.indices.map { Int32($0) }, of: list, initial: .null)
        #expect(reduced.staleObserver() == 4)
    }

    @Test func `a compare-and-set of unknown outcome counts from when it was called`() throws {
        let result = try check(
            .casRegister,
            """
            0 :invoke :write 1
            0 :ok :write 1
            3 :invoke :read nil
            1 :invoke :write 5
            1 :ok :write 5
            2 :invoke :cas [1 2]
            3 :ok :read 2
            2 :info :cas :timed-out
            """)
        #expect(result.verdict == .invalid)
    }

    /// What a dequeue of unknown outcome can have taken, and a known one has, while it was empty.
    @Test(arguments: [
        (
            "9 deq|9 info|0 enq 1|0 ok|1 deq|1 ok nil|0 deq|0 ok 1", false
        ),
        (
            "9 deq|9 info|1 deq|0 enq 1|0 ok|0 enq 2|0 ok|0 deq|0 ok 1|1 ok nil|0 deq|0 ok 2", true
        ),
        (
            "9 deq|9 info|0 enq 1|0 ok|0 enq 2|0 ok|1 deq|0 enq 3|0 ok|0 deq|0 ok 1|0 deq|0 ok 2"
                + "|1 ok nil|0 deq|0 ok 3", false
        ),
        (
            "9 deq|9 info|0 enq 1|0 ok|0 enq 2|0 ok|1 deq|1 ok nil|0 deq|0 ok 2", false
        ),
        (
            "0 enq 1|1 enq 2|0 ok|1 ok|0 deq|0 ok 2|0 deq|0 ok nil|0 deq|0 ok 1", false
        ),
    ])
    func `a queue is empty only when nothing has to be there`(
        short: String, isValid: Bool
    ) throws {
        let script = queue(short)
        #expect(try check(.queue, script).verdict == (isValid ? .valid : .invalid))
        #expect(try stream(.queue, script).verdict == (isValid ? .valid : .invalid))
    }

    /// Writes out a history of a queue: `0 enq 1`, `0 ok`, `1 deq`, `1 ok nil`.
    private func queue(_ short: String) -> String {
        var open: [Substring: String] = [:]
        return short.split(separator: "|").map { line in
            let words = line.split(separator: " ")
            let value = words.count > 2 ? String(words[2]) : "nil"
            switch words[1] {
            case "enq":
                open[words[0]] = ":enqueue \(value)"
                return "\(words[0]) :invoke :enqueue \(value)"
            case "deq":
                open[words[0]] = ":dequeue"
                return "\(words[0]) :invoke :dequeue nil"
            default:
                let operation = open[words[0], default: ""]
                let isDequeue = operation == ":dequeue"
                return "\(words[0]) :\(words[1]) \(operation)\(isDequeue ? " \(value)" : "")"
            }
        }.joined(separator: "\n")
    }

    @Test(arguments: [
        ("0 deq|1 enq 1|1 ok|1 enq 2|1 ok|1 enq 3|1 ok|2 deq|2 ok 3|0 ok 1", "enqueue 2"),
        (
            "0 enq 1|0 ok|0 enq 2|0 ok|0 enq 3|0 ok|0 enq 4|0 ok|2 deq|1 deq|2 ok 2|1 ok 1"
                + "|1 deq|1 ok 4", "enqueue 3"
        ),
    ])
    func `a value is overtaken only by one that came after it`(
        short: String, overtaken: String
    ) throws {
        let result = try check(.queue, queue(short))
        #expect(result.verdict == .invalid)
        let actions = result.counterexample?.participants.map(\.action) ?? []
        #expect(actions.contains(overtaken), "\(actions)")
        #expect(!actions.contains("enqueue 1"), "\(actions)")
    }

    @Test func `when a queue was empty is remembered as long as somebody may ask`() throws {
        var short = (1...70).map { "0 enq \($0)|0 ok|0 deq|0 ok \($0)" }.joined(separator: "|")
        short += "|1 deq|0 enq 99|0 ok|2 deq|1 ok nil|2 ok 99"
        #expect(try stream(.queue, queue(short)).verdict == .valid)
    }

    @Test func `what the initial content repeats is not for a stream`() throws {
        for model in [ObjectModel.queue, .listAppend] {
            let script = "0 :invoke :dequeue nil\n0 :ok :dequeue 1"
            let read = "0 :invoke :read nil\n0 :ok :read [1 1]"
            let checker = try stream(model, model.name == "queue" ? script : read, initial: [1, 1])
            #expect(checker.verdict == .unknown, "\(model.name)")
        }
        let script = "0 :invoke :read nil\n0 :ok :read []"
        #expect(try stream(.listAppend, script, initial: .null).verdict == .valid)
    }

    @Test func `an element takes nothing over from one that failed`() throws {
        let checker = try stream(
            .listAppend,
            """
            0 :invoke :append 1
            1 :invoke :append 3
            1 :ok :append 3
            0 :fail :append 1
            0 :invoke :append 2
            0 :ok :append 2
            1 :invoke :read nil
            1 :ok :read [2 3]
            """)
        #expect(checker.verdict == .invalid)
    }

    @Test func `a set may be read in any order`() throws {
        let result = try check(
            .set,
            """
            0 :invoke :add 1
            0 :ok :add 1
            0 :invoke :add 2
            0 :ok :add 2
            1 :invoke :read nil
            1 :ok :read [1 2]
            1 :invoke :read nil
            1 :ok :read [2 1]
            0 :invoke :add 3
            0 :ok :add 3
            1 :invoke :read nil
            1 :ok :read [1 2]
            """)
        #expect(result.verdict == .invalid)
    }

    @Test func `an update without result leaves no doubt if nothing else is under way`() throws {
        for addition in ["0 :invoke :add 1\n0 :ok :add 1\n"] {
            for times in 1...2 {
                let script =
                    String(repeating: addition, count: times)
                    + "0 :invoke :contains 1\n0 :ok :contains false"
                #expect(try stream(.set, script).verdict == .invalid)
            }
        }
    }

    @Test func `an increment that failed is not counted`() throws {
        let result = try check(
            .counter,
            "0 :invoke :increment nil\n0 :fail :increment nil\n0 :invoke :read nil\n0 :ok :read 1")
        #expect(result.verdict == .invalid)
    }

    @Test func `counting accuses no counter that is right`() throws {
        var random = RandomObjectHistory(.counter(mixed: false), rng: Seed(71).stream("counts"))
        random.liesPerMille = 0
        for round in 0..<100 {
            let list = try random.operations(count: 4 + round % 8)
            let members = list.indices.map { Int32($0) }
            for operation in list where operation.function == .read && operation.outcome == .ok {
                let count = CounterCount(
                    members, of: list, initial: 0, until: operation.return ?? 0)
                try #require(count.violation() == nil, "\(render(list))")
            }
        }
    }

    @Test func `a process that goes on after an unknown outcome is not for a lock's stream`() throws
    {
        let script = "0 :invoke :acquire nil\n0 :info :acquire nil\n0 :invoke :acquire nil"
        #expect(try stream(.lock, script).verdict == .unknown)
    }

    @Test func `a token that did not rise is told as such`() throws {
        let result = try check(
            .fencedLock,
            """
            0 :invoke :acquire nil
            0 :ok :acquire 5
            0 :invoke :release nil
            0 :ok :release nil
            1 :invoke :acquire nil
            1 :ok :acquire 5
            """)
        #expect(result.counterexample?.summary.contains("got no larger token than") == true)
    }

    @Test func `what was pushed last is popped first`() throws {
        let result = try check(
            .stack,
            """
            0 :invoke :push 1
            0 :ok :push 1
            0 :invoke :push 2
            0 :ok :push 2
            0 :invoke :pop nil
            0 :ok :pop 1
            0 :invoke :pop nil
            0 :ok :pop 2
            """)
        #expect(result.verdict == .invalid)
        #expect(result.measures.contains(.init("keys decided by monitor", "1")))
    }

    @Test func `one moment is enough for two to be taken in order`() throws {
        let result = try check(
            .priorityQueue,
            """
            0 :invoke :insert 1
            0 :ok :insert 1
            0 :invoke :insert 5
            0 :ok :insert 5
            0 :invoke :poll nil
            1 :invoke :poll nil
            0 :ok :poll 5
            1 :ok :poll 1
            """)
        #expect(result.verdict == .valid)
        #expect(result.measures.contains(.init("keys decided by monitor", "1")))
    }

    @Test func `a rule gives up when its steps are used up`() {
        let intervals = (0..<2).map {
            ValueInterval(
                value: Int32($0), rank: $0, put: 0, putCall: 4 * $0, putReturn: 4 * $0 + 1)
        }
        // A stack is gone over again without what lies at the bottom.
        for (needed, rule) in [(3, StackRule.fits), (2, PriorityRule.fits)] {
            var left = needed
            #expect(rule(intervals, [], &left) == nil)
            left = needed + 1
            #expect(rule(intervals, [], &left) == true)
        }
    }

    @Test func `the most operations under way at a time are told`() throws {
        let script = "0 :invoke :write 1\n1 :invoke :write 2\n0 :ok :write 1\n1 :ok :write 2"
        let read = "\n0 :invoke :read nil\n0 :ok :read 2"
        var checks = try LinearizabilityChecker().keyChecks(of: History(script: script + read))
        while !checks[0].advance(steps: 1) {}
        #expect(checks[0].conclusion?.concurrency == 2)
    }

    /// Of hundreds of blocks, one far behind is the only one that contradicts the first.
    @Test func `a stale read is found among many values that are remembered`() throws {
        // As long as this read is under way nothing is forgotten.
        var script = "900 :invoke :read nil\n"
        script += (1...199).map { "\($0) :invoke :write \($0)\n" }.joined()
        script += "1 :ok :write 1\n200 :invoke :write 200\n"
        script += (2...100).map { "\($0) :ok :write \($0)\n" }.joined()
        script += "200 :ok :write 200\n"
        script += (101...199).map { "\($0) :ok :write \($0)\n" }.joined()
        let read = "0 :invoke :read nil\n0 :ok :read "
        #expect(try stream(.casRegister, script + read + "200").verdict == .valid)
        #expect(try stream(.casRegister, script + read + "1").verdict == .invalid)
    }

    @Test func `keys are streamed apart, one operation of a process at a time`() throws {
        var checker = try #require(StreamingChecker())
        func event(_ type: EventType, _ function: Function, _ key: Value, _ value: Value) -> Event {
            Event(
                index: 0, process: ProcessID(0), type: type, function: function, key: key,
                value: value)
        }
        for (function, key, value) in [
            (.write, 1, 5), (.read, 2, .null), (.read, 1, 5),
        ] as [(Function, Value, Value)] {
            try checker.add(event(.invoke, function, key, function == .read ? .null : value))
            try checker.add(event(.ok, function, key, value))
        }
        #expect(checker.verdict == .valid && checker.operations == 3)
        try checker.add(event(.invoke, .read, 1, .null))
        #expect(throws: HistoryError.self) { try checker.add(event(.invoke, .read, 1, .null)) }
    }

    @Test func `a search ends where its memory does`() throws {
        var random = RandomObjectHistory(.register, rng: Seed(72).stream("memory"))
        random.liesPerMille = 0
        random.unknownPerMille = 20
        let list = try OperationList(History(events: random.events(count: 600, clients: 6)))
        let history = RegisterHistory(
            members: list.indices.map { Int32($0) }, of: list, initial: .null)
        for (bytes, outcome) in [(0, .outOfMemory), (.max, .linearizable)]
            as [(Int, SearchOutcome)]
        {
            var search = RegisterSearch(history, bytesMax: bytes)
            #expect(search.advance(until: .max) == outcome)
            #expect(search.steps >= 1_024)
        }
    }
}
