import HistoryModel
import Testing

@testable import Checkers

/// The example of the documentation.
private struct Counter: SequentialModel {
    let noun = "counter"
    let functions: [Function] = ["increment", .read]
    let initial = 0

    func onlyReads(_ action: Action) -> Bool { action.function == .read }

    func step(_ count: Int, _ action: Action) -> [Int] {
        guard action.function == .read else { return [count + 1] }
        return action.output == .integer(Int64(count)) ? [count] : []
    }
}

/// A bag that gives out any of what is in it.
private struct Bag: SequentialModel {
    let noun = "bag"
    let functions: [Function] = ["put", "take"]
    let initial: Set<Value> = []

    func step(_ held: Set<Value>, _ action: Action) -> [Set<Value>] {
        if action.function == "put" { return [held.union([action.input])] }
        return held.sorted().filter { action.output ?? $0 == $0 }.map { held.subtracting([$0]) }
    }
}

@Suite struct ModelTests {
    private func check(_ model: ObjectModel, _ script: String) throws -> CheckerResult {
        try LinearizabilityChecker(model: model).check(History(script: script))
    }

    @Test func `a model of one's own is judged and explained`() throws {
        let model = ObjectModel(Counter(), named: "my-counter")
        let script = """
            0 :invoke :increment nil
            1 :invoke :increment nil
            0 :ok :increment nil
            2 :invoke :read nil
            2 :ok :read 1
            """
        #expect(try check(model, script).verdict == .valid)
        let broken = script + "\n2 :invoke :read nil\n2 :ok :read 0"
        let result = try check(model, broken)
        #expect(result.verdict == .invalid)
        #expect(
            result.counterexample?.summary
                == "C (read → 0) is impossible: the counter can only have held 1 or 2 at that time."
        )
    }

    @Test(arguments: ["", "0 :invoke :read nil\n0 :ok :read [1]\n"])
    func `a set that answers beside the element is judged by that answer`(read: String) throws {
        func verdict(_ function: String, _ answer: String) throws -> Verdict {
            let added = "0 :invoke :add 1\n0 :ok :add [1 true]\n" + read
            let line = "0 :invoke :\(function) 1\n0 :ok :\(function) \(answer)"
            return try check(.set, added + line).verdict
        }
        #expect(try verdict("add", "[1 false]") == .valid)
        #expect(try verdict("add", "[1 true]") == .invalid)
        #expect(try verdict("contains", "[1 true]") == .valid)
        #expect(try verdict("contains", "[1 false]") == .invalid)
    }

    /// What a search may hold, and what an explanation may cost, is counted by them.
    @Test func `a long state takes more bytes than a short one`() {
        let list: [Value] = Array(repeating: 1, count: 1_000)
        #expect(ListModel([], initial: nil).bytes(of: list) > 16_000)
        #expect(
            TextModel([], initial: nil).bytes(of: .text(Array(repeating: 7, count: 1_000))) > 1_000)
        #expect(QueueModel(initial: []).bytes(of: list) > 16_000)
        #expect(StackModel(initial: []).bytes(of: list) > 16_000)
        #expect(SetModel(initial: nil).bytes(of: list) > 16_000)
        let dequeues = DequeueModel([], initial: [])
        #expect(dequeues.bytes(of: .init(holes: Array(repeating: 1, count: 1_000))) > 4_000)
    }

    @Test func `a model may have a choice`() throws {
        let model = ObjectModel(Bag(), named: "bag")
        let script = """
            0 :invoke :put 1
            0 :ok :put 1
            0 :invoke :put 2
            0 :ok :put 2
            1 :invoke :take nil
            1 :info :take :timeout
            0 :invoke :take nil
            0 :ok :take 2
            """
        #expect(try check(model, script).verdict == .valid)
        let again = script + "\n0 :invoke :take nil\n0 :ok :take 2"
        #expect(try check(model, again).verdict == .invalid)
    }

    @Test(arguments: ObjectModel.all.map(\.name))
    func `an operation that a model does not know is named with those it knows`(
        name: String
    ) throws {
        let model = try #require(ObjectModel.named(name))
        let result = try check(model, "0 :invoke :dance nil\n0 :ok :dance nil")
        #expect(result.verdict == .unknown)
        let reason = try #require(result.reasons.first)
        #expect(reason.contains("event 0 is no operation") && reason.contains("dance"), "\(reason)")
    }

    @Test func `values that overtake each other in a queue are named`() throws {
        let result = try check(
            .queue,
            """
            0 :invoke :enqueue 1
            0 :ok :enqueue 1
            0 :invoke :enqueue 2
            0 :ok :enqueue 2
            1 :invoke :dequeue nil
            1 :ok :dequeue 2
            """)
        #expect(
            result.counterexample?.steps == [
                "A comes before B: A returned (event 1) before B was called (event 2).",
                "First in, first out: the value of A has to be taken before C (dequeue → 2) takes "
                    + "that of B.", "But nobody ever took it.",
            ])
        #expect(result.measures.contains(.init("keys decided by monitor", "1")))
    }

    @Test func `a queue is watched after values have left it`() throws {
        let result = try check(
            .queue,
            """
            0 :invoke :enqueue 1
            0 :ok :enqueue 1
            0 :invoke :enqueue 2
            0 :ok :enqueue 2
            0 :invoke :enqueue 3
            0 :ok :enqueue 3
            1 :invoke :dequeue nil
            1 :ok :dequeue 1
            1 :invoke :dequeue nil
            1 :ok :dequeue 3
            1 :invoke :dequeue nil
            1 :ok :dequeue 2
            """)
        #expect(
            result.counterexample?.summary
                == "B (enqueue 3) was taken from the queue although A (enqueue 2) had come before "
                + "it and was still there.")
    }

    @Test func `a dequeue of unknown outcome explains one missing value, but not two`() throws {
        let one = """
            1 :invoke :dequeue nil
            1 :info :dequeue :timeout
            0 :invoke :enqueue 1
            0 :ok :enqueue 1
            """
        let rest = """
            0 :invoke :enqueue 3
            0 :ok :enqueue 3
            2 :invoke :dequeue nil
            2 :ok :dequeue 3
            """
        #expect(try check(.queue, one + "\n" + rest).verdict == .valid)
        let two = one + "\n0 :invoke :enqueue 2\n0 :ok :enqueue 2\n" + rest
        #expect(
            try check(.queue, two).counterexample?.summary
                == "What B and C enqueued must be gone, but only 1 dequeues of unknown outcome can "
                + "have taken it.")
    }

    @Test func `a lock that two hold at a time is shown by counting`() throws {
        let result = try check(
            .mutex,
            """
            0 :invoke :acquire nil
            0 :ok :acquire nil
            0 :invoke :release nil
            0 :ok :release nil
            1 :invoke :acquire nil
            2 :invoke :acquire nil
            1 :ok :acquire nil
            2 :ok :acquire nil
            """)
        #expect(
            result.counterexample?.summary
                == "Between event 4 and event 7 there were 2 acquires, but no more than 0 releases."
        )
    }

    @Test func `lists of which neither begins like the other are named`() throws {
        let result = try check(
            .listAppend,
            """
            0 :invoke :append 1
            1 :invoke :append 2
            2 :invoke :read nil
            2 :ok :read [1 2]
            2 :invoke :read nil
            2 :ok :read [2 1]
            0 :ok :append 1
            1 :ok :append 2
            """)
        #expect(
            result.counterexample?.summary
                == "C found 1 and D found 2, and neither can have come first.")
    }

    @Test func `the initial value can be given`() throws {
        let history = try History(script: "0 :invoke :read nil\n0 :ok :read 5")
        #expect(
            try LinearizabilityChecker(model: .counter, initial: 5).check(history).verdict
                == .valid)
        #expect(try LinearizabilityChecker(model: .counter).check(history).verdict == .invalid)
        for (model, script) in [
            (.queue, "0 :invoke :dequeue nil\n0 :ok :dequeue 1"),
            (.stack, "0 :invoke :pop nil\n0 :ok :pop 2"),
            (.set, "0 :invoke :contains 2\n0 :ok :contains true"),
            (.set, "0 :invoke :read nil\n0 :ok :read [1 2]"),
            (.listAppend, "0 :invoke :read nil\n0 :ok :read [1 2]"),
        ] as [(ObjectModel, String)] {
            let checker = LinearizabilityChecker(model: model, initial: [1, 2])
            #expect(try checker.check(History(script: script)).verdict == .valid, "\(script)")
            #expect(try check(model, script).verdict == .invalid, "\(script)")
        }
    }
}
