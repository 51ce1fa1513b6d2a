import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

/// What proves a violation is named by the few operations that it takes, however much else was done.
@Suite struct FewOperationsTests {
    private func check(_ model: ObjectModel, _ lines: [String]) throws -> Counterexample {
        let result = try LinearizabilityChecker(model: model).check(
            History(script: lines.joined(separator: "\n")))
        #expect(result.verdict == .invalid)
        return try #require(result.counterexample, "\(result.reasons)")
    }

    /// Two clients that do the same few things over and over, at the same time.
    private func busy(_ function: String, _ values: [String]) -> [String] {
        var rng = Seed(5).stream(function)
        return (0..<26).flatMap { _ in
            let a = values.randomElement(using: &rng) ?? ""
            let b = values.randomElement(using: &rng) ?? ""
            return [
                "0 :invoke :\(function) \(a)", "1 :invoke :\(function) \(b)",
                "0 :ok :\(function) \(a)", "1 :ok :\(function) \(b)",
            ]
        }
    }

    @Test(arguments: [
        (ObjectModel.casRegister, "write", ["1", "2", "3"], "read nil", "read 77"),
        (.casRegister, "write", ["1", "2", "3"], "cas [77 1]", "cas [77 1]"),
        (.kv, "put", ["\"1\"", "\"2\""], "get nil", "get \"77\""),
        (.kv, "append", ["\"1\"", "\"2\""], "get nil", "get \"77\""),
        (.listAppend, "append", ["1", "2"], "read nil", "read [77]"),
        (.set, "add", ["1", "2"], "read nil", "read [1 2 77]"),
        (.queue, "enqueue", ["1", "2"], "dequeue nil", "dequeue 77"),
        (.stack, "push", ["1", "2"], "pop nil", "pop 77"),
        (.priorityQueue, "insert", ["1", "2"], "poll nil", "poll 77"),
        (
            .multiRegister, "txn", ["[[:w x 1]]", "[[:w x 2]]"], "txn [[:r x nil]]",
            "txn [[:r x 77]]"
        ),
    ])
    func `what nobody wrote is named by one read, whatever came twice`(
        model: ObjectModel, function: String, values: [String], asked: String, answer: String
    ) throws {
        let lines = busy(function, values) + ["0 :invoke :\(asked)", "0 :ok :\(answer)"]
        let result = try LinearizabilityChecker(model: model).check(
            History(script: lines.joined(separator: "\n")))
        #expect(result.kind == "phantom-value")
        #expect(result.counterexample?.participants.count == 1, "\(result.reasons)")
        // An operation of unknown outcome may have brought it.
        let unknown: [String: String] = [
            "write": "write 77", "put": "put \"77\"", "append": "append 77", "add": "add 77",
            "enqueue": "enqueue 77", "push": "push 77", "insert": "insert 77",
            "txn": "txn [[:w x 77]]",
        ]
        let brought =
            model.name == "kv" && function == "append" ? "append \"77\"" : unknown[function]
        let excuse = try #require(brought)
        let excused = try LinearizabilityChecker(model: model).check(
            History(
                script: (["9 :invoke :\(excuse)", "9 :info :\(excuse)"] + lines)
                    .joined(separator: "\n")))
        #expect(excused.kind != "phantom-value")
        // One that was called only later, or failed, has not.
        let late = lines + ["1 :invoke :\(excuse)", "1 :ok :\(excuse)"]
        #expect(
            try LinearizabilityChecker(model: model).check(
                History(script: late.joined(separator: "\n"))
            ).kind == "phantom-value")
        let failed = ["9 :invoke :\(excuse)", "9 :fail :\(excuse)"] + lines
        let explanation = try check(model, failed).told
        #expect(explanation.contains("fail") || model.name == "kv", "\(explanation)")
    }

    @Test(arguments: [
        (ObjectModel.listAppend, "append", "read [2]", "lost-value", 2),
        (.listAppend, "append", "read [2 1 1 1 1]", "lost-value", 0),
        (.set, "add", "read [2]", "lost-value", 2),
        (.set, "add", "read [1 2 2]", "duplicate", 0),
        (.set, "add", "read [1 2 7 7]", "phantom-value", 1),
    ])
    func `an element that is missing is named by who added it`(
        model: ObjectModel, function: String, answer: String, kind: String, count: Int
    ) throws {
        let lines = busy(function, ["1", "2"]) + ["0 :invoke :read nil", "0 :ok :\(answer)"]
        let result = try LinearizabilityChecker(model: model).check(
            History(script: lines.joined(separator: "\n")))
        #expect(result.verdict == .invalid)
        #expect(result.kind == kind)
        let counterexample = try #require(result.counterexample)
        #expect(count == 0 || counterexample.participants.count == count)
        #expect(!counterexample.told.contains("all of which count"))
    }

    @Test func `an element that is taken out again is not missing`() throws {
        let lines =
            busy("add", ["1", "2"]) + [
                "0 :invoke :remove 1", "0 :ok :remove 1", "0 :invoke :read nil", "0 :ok :read [2]",
            ]
        let result = try LinearizabilityChecker(model: .set).check(
            History(script: lines.joined(separator: "\n")))
        #expect(result.verdict == .valid)
    }

    /// Every twentieth time the lock is acquired twice in a row, so that one of the unknown releases
    /// must have come between.
    @Test(arguments: [0, 10, 60])
    func `a lock with many unknown outcomes is told by the acquires that need them`(
        unknown: Int
    ) throws {
        func all(_ process: Int, _ function: String, _ outcome: String) -> [String] {
            ["\(process) :invoke :\(function) nil", "\(process) :\(outcome) :\(function) nil"]
        }
        var lines = (0..<unknown).flatMap { all(100 + $0, "release", "info") }
        for round in 0..<1_300 {
            lines += all(0, "acquire", "ok")
            if round % 20 == 5, round / 20 < unknown { lines += all(1, "acquire", "ok") }
            lines += all(0, "release", "ok")
        }
        let checker = LinearizabilityChecker(model: .mutex)
        let valid = try checker.check(History(script: lines.joined(separator: "\n")))
        #expect(valid.verdict == .valid)
        lines += all(0, "acquire", "ok") + all(1, "acquire", "ok")
        let counterexample = try check(.mutex, lines)
        #expect(counterexample.participants.count == 2 * (unknown + 1) + unknown)
        #expect(
            counterexample.summary
                == (unknown == 0
                    ? "B followed A, which is an acquire too, and no release can have come between them."
                    : "\(unknown + 1) times two acquires came one after the other, and only \(unknown) "
                        + "releases can have come between them."))
    }
}
