import HistoryModel
import Testing

@testable import Checkers

/// What goes into queues and comes out of them, in any order.
@Suite struct QueueTotalTests {
    private func check(_ short: String, keyed: Bool = false) throws -> CheckerResult {
        let names = ["enq": "enqueue", "deq": "dequeue", "drain": "drain"]
        let lines = short.split(separator: "|").map { line in
            let words = line.split(separator: " ", maxSplits: 3)
            return "jepsen.util - \(words[0]) :\(words[1]) :\(names[String(words[2])] ?? "") "
                + "\(words[3])\n"
        }
        let history = try DecodedHistory(
            Array(lines.joined().utf8), format: .jepsenLog, keyedTuples: keyed
        ).history
        return try TotalQueueChecker().check(history)
    }

    @Test func `one value and one dequeue are not told as several`() throws {
        let script = """
            0 :invoke :enqueue 1
            0 :ok :enqueue 1
            1 :invoke :dequeue nil
            1 :info :dequeue nil
            """
        let result = try TotalQueueChecker().check(History(script: script))
        #expect(
            result.reasons == [
                "1 value never came out; a dequeue of unknown outcome can have taken it."
            ])
    }

    @Test func `the second time a value comes out needs a second enqueue before it`() throws {
        let early = try check(
            "0 invoke enq 1|0 ok enq 1|1 invoke deq nil|1 ok deq 1|1 invoke deq nil|1 ok deq 1"
                + "|0 invoke enq 1|0 ok enq 1")
        #expect(early.verdict == .invalid)
        #expect(early.kind == "phantom-value")
        #expect(
            early.reasons == [
                "1 had come out twice when only once anybody had begun to enqueue it."
            ])
        #expect(early.counterexample?.participants.count == 4)
        let overlapping = try check(
            "0 invoke enq 1|0 ok enq 1|1 invoke deq nil|1 ok deq 1|1 invoke deq nil|0 invoke enq 1"
                + "|1 ok deq 1|0 ok enq 1")
        #expect(overlapping.verdict == .valid)
    }

    @Test func `a dequeue before its only possible enqueue is named, though another failed`() throws
    {
        let result = try check(
            "0 invoke enq 1|0 fail enq 1|1 invoke deq nil|1 ok deq 1|0 invoke enq 1|0 ok enq 1")
        #expect(result.reasons == ["1 came out before anybody enqueued it."])
        let drained = try check("1 invoke drain nil|1 ok drain [1]|0 invoke enq 1|0 info enq 1")
        #expect(drained.reasons == ["1 came out before anybody enqueued it."])
    }

    @Test func `what is in one queue does not come out of another`() throws {
        let wrong = try check(
            "0 invoke enq [a 1]|0 ok enq [a 1]|1 invoke deq [b nil]|1 ok deq [b 1]", keyed: true)
        #expect(wrong.verdict == .invalid)
        #expect(
            wrong.reasons == [
                "key b: 1 came out, but nobody ever enqueued it.",
                "key a: 1 was enqueued and never came out.",
            ])
        #expect(wrong.counterexample?.key == "b")
        let right = try check(
            "0 invoke enq [a 1]|0 ok enq [a 1]|0 invoke enq [b 1]|0 ok enq [b 1]"
                + "|1 invoke drain [b nil]|1 ok drain [b [1]]|1 invoke deq [a nil]|1 ok deq [a 1]",
            keyed: true)
        #expect(right.verdict == .valid)
    }

    @Test func `an unknown dequeue of one queue excuses no loss of another`() throws {
        let result = try check(
            "0 invoke enq [a 1]|0 ok enq [a 1]|0 invoke enq [b 1]|0 ok enq [b 1]"
                + "|1 invoke deq [b nil]|1 info deq [b nil]", keyed: true)
        #expect(result.reasons.first == "key a: 1 was enqueued and never came out.")
        #expect(result.verdict == .invalid)
    }

    @Test func `a value that came out less often than it went in is lost`() throws {
        let result = try check(
            "0 invoke enq 1|0 ok enq 1|0 invoke enq 1|0 ok enq 1|1 invoke deq nil|1 ok deq 1")
        #expect(result.kind == "lost-value")
        #expect(result.counterexample?.participants.count == 3)
    }

    @Test func `identifiers of different keys are different`() throws {
        func check(_ second: String) throws -> Verdict {
            let lines = [
                "0 :invoke :generate [a nil]", "0 :ok :generate [a 7]",
                "1 :invoke :generate [\(second) nil]", "1 :ok :generate [\(second) 7]",
            ]
            let text = lines.map { "jepsen.util - \($0)\n" }.joined()
            let history = try DecodedHistory(
                Array(text.utf8), format: .jepsenLog, keyedTuples: true
            ).history
            return try UniqueIDsChecker().check(history).verdict
        }
        #expect(try check("b") == .valid)
        #expect(try check("a") == .invalid)
    }
}
