import Checkers
import HistoryModel
import Testing

/// Histories that a checker gets right by one single condition: without it the verdict is wrong.
@Suite struct CloseCallTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var model: String
        var verdict: Verdict
        /// One event a line.
        var script: String

        var testDescription: String { "\(name) (\(model))" }
    }

    @Test(arguments: cases)
    func `the verdict is right by one condition`(_ close: Case) throws {
        let model = try #require(ObjectModel.named(close.model))
        let history = try History(script: close.script)
        #expect(try LinearizabilityChecker(model: model).check(history).verdict == close.verdict)
        guard var stream = StreamingChecker(model: model) else { return }
        for event in history.events { try stream.add(event) }
        stream.finish()
        // A stream may leave it to the whole history.
        #expect(stream.verdict == close.verdict || stream.verdict == .unknown)
    }

    static let cases: [Case] = [
        Case(
            name: "both", model: "queue", verdict: .invalid,
            script: """
                0 :invoke :enqueue 1
                0 :ok :enqueue 1
                0 :invoke :enqueue 2
                0 :ok :enqueue 2
                0 :invoke :dequeue nil
                1 :invoke :dequeue nil
                0 :ok :dequeue 2
                1 :ok :dequeue 1
                0 :invoke :enqueue 3
                0 :ok :enqueue 3
                0 :invoke :enqueue 4
                0 :ok :enqueue 4
                0 :invoke :dequeue nil
                0 :ok :dequeue 4
                """),
        Case(
            name: "circle", model: "cas-register", verdict: .invalid,
            script: """
                0 :invoke :write 5
                0 :ok :write 5
                0 :invoke :cas [1 2]
                1 :invoke :cas [2 1]
                0 :ok :cas [1 2]
                1 :ok :cas [2 1]
                """),
        Case(
            name: "concurrent", model: "counter", verdict: .invalid,
            script: """
                0 :invoke :increment nil
                0 :ok :increment nil
                0 :invoke :increment nil
                0 :ok :increment nil
                1 :invoke :read nil
                0 :invoke :increment nil
                0 :ok :increment nil
                0 :invoke :read nil
                1 :ok :read 3
                0 :ok :read 1
                """),
        Case(
            name: "covered", model: "cas-register", verdict: .invalid,
            script: """
                0 :invoke :cas [nil 1]
                0 :ok :cas [nil 1]
                1 :invoke :read nil
                0 :invoke :cas [1 2]
                0 :ok :cas [1 2]
                0 :invoke :cas [2 3]
                0 :ok :cas [2 3]
                1 :ok :read 3
                0 :invoke :cas [1 9]
                0 :ok :cas [1 9]
                """),
        Case(
            name: "crossedinitial", model: "cas-register", verdict: .invalid,
            script: """
                0 :invoke :write 1
                0 :ok :write 1
                0 :invoke :read nil
                0 :ok :read 1
                0 :invoke :write 2
                0 :ok :write 2
                0 :invoke :read nil
                0 :ok :read 2
                0 :invoke :read nil
                0 :ok :read nil
                """),
        Case(
            name: "early", model: "queue", verdict: .invalid,
            script: """
                0 :invoke :dequeue nil
                1 :invoke :enqueue 1
                1 :ok :enqueue 1
                0 :ok :dequeue 1
                1 :invoke :enqueue 2
                1 :ok :enqueue 2
                1 :invoke :enqueue 3
                1 :ok :enqueue 3
                1 :invoke :dequeue nil
                1 :ok :dequeue 3
                """),
        Case(
            name: "empty", model: "queue", verdict: .invalid,
            script: """
                0 :invoke :enqueue 1
                0 :ok :enqueue 1
                0 :invoke :dequeue nil
                0 :ok :dequeue nil
                0 :invoke :dequeue nil
                0 :ok :dequeue 1
                """),
        Case(
            name: "emptyagain", model: "queue", verdict: .invalid,
            script: """
                1 :invoke :dequeue nil
                1 :info :dequeue nil
                0 :invoke :enqueue 1
                0 :ok :enqueue 1
                0 :invoke :dequeue nil
                0 :ok :dequeue nil
                0 :invoke :dequeue nil
                0 :ok :dequeue 1
                """),
        Case(
            name: "excess", model: "queue", verdict: .invalid,
            script: """
                1 :invoke :dequeue nil
                0 :invoke :enqueue 1
                0 :ok :enqueue 1
                0 :invoke :enqueue 2
                0 :ok :enqueue 2
                0 :invoke :dequeue nil
                0 :ok :dequeue nil
                0 :invoke :dequeue nil
                0 :ok :dequeue 2
                """),
        Case(
            name: "failed", model: "counter", verdict: .invalid,
            script: """
                0 :invoke :increment nil
                0 :fail :increment nil
                0 :invoke :read nil
                0 :ok :read 1
                """),
        Case(
            name: "finish", model: "queue", verdict: .invalid,
            script: """
                1 :invoke :dequeue nil
                0 :invoke :enqueue 1
                0 :ok :enqueue 1
                0 :invoke :enqueue 2
                0 :ok :enqueue 2
                0 :invoke :dequeue nil
                0 :ok :dequeue nil
                """),
        Case(
            name: "guess", model: "set", verdict: .invalid,
            script: """
                0 :invoke :add 1
                0 :ok :add 1
                0 :invoke :add 1
                0 :ok :add 1
                0 :invoke :contains 1
                0 :ok :contains false
                """),
        Case(
            name: "late", model: "set", verdict: .invalid,
            script: """
                0 :invoke :add 2
                0 :ok :add 2
                0 :invoke :read nil
                0 :ok :read [2]
                0 :invoke :add 1
                0 :ok :add 1
                0 :invoke :read nil
                0 :ok :read [1 2]
                0 :invoke :read nil
                0 :ok :read []
                """),
        Case(
            name: "longest", model: "queue", verdict: .invalid,
            script: """
                0 :invoke :enqueue 1
                2 :invoke :enqueue 2
                0 :ok :enqueue 1
                2 :ok :enqueue 2
                1 :invoke :dequeue nil
                0 :invoke :dequeue nil
                0 :ok :dequeue 2
                1 :ok :dequeue nil
                0 :invoke :dequeue nil
                0 :ok :dequeue 1
                """),
        Case(
            name: "lostcas", model: "cas-register", verdict: .invalid,
            script: """
                1 :invoke :read nil
                0 :invoke :write 1
                0 :ok :write 1
                0 :invoke :write 3
                0 :ok :write 3
                2 :invoke :cas [1 2]
                1 :ok :read 2
                """),
        Case(
            name: "mixed", model: "set", verdict: .valid,
            script: """
                1 :invoke :add 1
                0 :invoke :add 1
                0 :ok :add true
                0 :invoke :remove 1
                0 :ok :remove true
                1 :ok :add 1
                0 :invoke :contains 1
                0 :ok :contains true
                """),
        Case(
            name: "order", model: "stack", verdict: .invalid,
            script: """
                0 :invoke :push 1
                0 :ok :push 1
                0 :invoke :push 2
                0 :ok :push 2
                0 :invoke :pop nil
                0 :ok :pop 1
                0 :invoke :pop nil
                0 :ok :pop 2
                """),
        Case(
            name: "poll", model: "priority-queue", verdict: .valid,
            script: """
                0 :invoke :insert 1
                0 :ok :insert 1
                0 :invoke :insert 2
                0 :ok :insert 2
                0 :invoke :poll nil
                1 :invoke :poll nil
                0 :ok :poll 2
                1 :ok :poll 1
                """),
        Case(
            name: "ranks", model: "cas-register", verdict: .invalid,
            script: """
                9 :invoke :read nil
                0 :invoke :write 1
                1 :invoke :write 2
                0 :ok :write 1
                2 :invoke :write 3
                1 :ok :write 2
                0 :invoke :read nil
                0 :ok :read 1
                2 :ok :write 3
                9 :ok :read nil
                0 :invoke :read nil
                0 :ok :read 2
                """),
        Case(
            name: "readerlost", model: "set", verdict: .valid,
            script: """
                0 :invoke :contains 1
                0 :info :contains 1
                1 :invoke :contains 1
                2 :invoke :add 1
                2 :ok :add true
                1 :ok :contains false
                """),
        Case(
            name: "settled", model: "queue", verdict: .valid,
            script: """
                1 :invoke :dequeue nil
                1 :info :dequeue nil
                2 :invoke :dequeue nil
                2 :info :dequeue nil
                0 :invoke :enqueue 1
                0 :ok :enqueue 1
                0 :invoke :enqueue 2
                0 :ok :enqueue 2
                0 :invoke :enqueue 3
                0 :ok :enqueue 3
                0 :invoke :dequeue nil
                0 :ok :dequeue 3
                0 :invoke :dequeue nil
                0 :ok :dequeue nil
                0 :invoke :enqueue 2
                0 :ok :enqueue 2
                """),
        Case(
            name: "smallest", model: "counter", verdict: .invalid,
            script: """
                1 :invoke :read nil
                0 :invoke :increment nil
                0 :ok :increment nil
                2 :invoke :read nil
                2 :ok :read 1
                0 :invoke :increment nil
                0 :ok :increment nil
                0 :invoke :increment nil
                0 :ok :increment nil
                1 :ok :read 3
                0 :invoke :read nil
                0 :ok :read 1
                """),
        Case(
            name: "span1", model: "queue", verdict: .valid,
            script: """
                1 :invoke :dequeue nil
                1 :info :dequeue nil
                2 :invoke :dequeue nil
                0 :invoke :enqueue 1
                0 :ok :enqueue 1
                0 :invoke :enqueue 2
                0 :ok :enqueue 2
                0 :invoke :dequeue nil
                0 :ok :dequeue 1
                2 :ok :dequeue nil
                0 :invoke :dequeue nil
                0 :ok :dequeue 2
                """),
        Case(
            name: "span2", model: "queue", verdict: .valid,
            script: """
                2 :invoke :dequeue nil
                0 :invoke :enqueue 1
                0 :ok :enqueue 1
                1 :invoke :dequeue nil
                1 :info :dequeue nil
                0 :invoke :enqueue 2
                0 :ok :enqueue 2
                0 :invoke :dequeue nil
                0 :ok :dequeue 1
                2 :ok :dequeue nil
                0 :invoke :dequeue nil
                0 :ok :dequeue 2
                """),
        Case(
            name: "stale", model: "cas-register", verdict: .invalid,
            script: """
                2 :invoke :write 3
                0 :invoke :write 1
                0 :ok :write 1
                1 :invoke :write 2
                0 :invoke :read nil
                0 :ok :read 1
                1 :ok :write 2
                2 :ok :write 3
                0 :invoke :read nil
                0 :ok :read 1
                """),
        Case(
            name: "toggle100", model: "cas-register", verdict: .valid,
            script: """
                1 :invoke :write 1
                0 :invoke :cas [nil 1]
                0 :ok :cas [nil 1]
                0 :invoke :cas [1 nil]
                0 :ok :cas [1 nil]
                1 :ok :write 1
                0 :invoke :read nil
                0 :ok :read 1
                """),
        Case(
            name: "token", model: "fenced-lock", verdict: .invalid,
            script: """
                0 :invoke :acquire nil
                0 :ok :acquire 5
                0 :invoke :release nil
                0 :ok :release nil
                1 :invoke :acquire nil
                1 :ok :acquire 3
                """),
        Case(
            name: "toofew", model: "counter", verdict: .invalid,
            script: """
                0 :invoke :increment nil
                0 :ok :increment nil
                1 :invoke :increment nil
                2 :invoke :read nil
                2 :ok :read 2
                1 :ok :increment nil
                0 :invoke :read nil
                0 :ok :read 3
                """),
        Case(
            name: "toomany", model: "counter", verdict: .invalid,
            script: """
                0 :invoke :increment nil
                0 :ok :increment nil
                0 :invoke :increment nil
                0 :ok :increment nil
                1 :invoke :read nil
                0 :invoke :increment nil
                1 :ok :read 2
                0 :ok :increment nil
                0 :invoke :read nil
                0 :ok :read 2
                """),
        Case(
            name: "twice", model: "cas-register", verdict: .invalid,
            script: """
                0 :invoke :write 1
                0 :ok :write 1
                1 :invoke :cas [1 2]
                0 :invoke :read nil
                0 :ok :read 2
                0 :invoke :write 1
                0 :ok :write 1
                0 :invoke :read nil
                0 :ok :read 2
                1 :ok :cas [1 2]
                """),
        Case(
            name: "unknowncas", model: "cas-register", verdict: .invalid,
            script: """
                0 :invoke :write 1
                0 :ok :write 1
                0 :invoke :write 1
                0 :ok :write 1
                1 :invoke :write 5
                2 :invoke :cas [1 2]
                0 :invoke :read nil
                0 :ok :read 2
                1 :ok :write 5
                0 :invoke :read nil
                0 :ok :read 2
                """),
        Case(
            name: "withdraw", model: "queue", verdict: .invalid,
            script: """
                0 :invoke :enqueue 1
                0 :ok :enqueue 1
                0 :invoke :enqueue 2
                0 :ok :enqueue 2
                1 :invoke :dequeue nil
                0 :invoke :dequeue nil
                0 :ok :dequeue 2
                2 :invoke :dequeue nil
                1 :ok :dequeue nil
                """),
        Case(
            name: "number again", model: "list-append", verdict: .invalid,
            script: """
                2 :invoke :read nil
                1 :invoke :append 9
                0 :invoke :append 2
                0 :ok :append 2
                1 :fail :append 9
                0 :invoke :append 3
                0 :ok :append 3
                2 :ok :read [3]
                """),
        Case(
            name: "goes on", model: "lock", verdict: .valid,
            script: """
                0 :invoke :acquire nil
                0 :info :acquire nil
                0 :invoke :release nil
                0 :ok :release nil
                """),
    ]
}
