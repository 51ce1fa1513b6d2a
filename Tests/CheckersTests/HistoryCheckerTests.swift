import Checkers
import HistoryModel
import Testing

@Suite struct HistoryCheckerTests {
    private func check(_ name: String, _ script: String) throws -> CheckerResult {
        let checker = try #require(HistoryCheckers.named(name))
        return try checker.check(History(script: script))
    }

    private func measure(_ name: String, of result: CheckerResult) -> String? {
        result.measures.first { $0.name == name }?.value
    }

    @Test(arguments: HistoryCheckers.all.map(\.name))
    func `nothing done is unknown`(name: String) throws {
        let checker = try #require(HistoryCheckers.named(name))
        #expect(try checker.check(History()).verdict == .unknown)
    }

    @Test func `an element that later reads miss for good is lost`() throws {
        let script = """
            0 :invoke :add 1
            0 :ok :add 1
            1 :invoke :add 2
            2 :invoke :read nil
            2 :ok :read [1 2]
            1 :info :add 2
            2 :invoke :read nil
            2 :ok :read [2]
            """
        let lost = try check("set-full", script)
        #expect(lost.verdict == .invalid)
        #expect(
            lost.reasons.first?.hasPrefix("1 is lost: it was known at 0.000 s (event 1)") == true)
        let stale = try check("set-full", script + "\n2 :invoke :read nil\n2 :ok :read [1 2]")
        #expect(stale.verdict == .valid)
        #expect(measure("stale", of: stale) == "1")
    }

    @Test func `an element is known to a set once a read has found it`() throws {
        let result = try check(
            "set-full",
            """
            0 :invoke :add 1
            2 :invoke :read nil
            2 :ok :read [1]
            2 :invoke :read nil
            2 :ok :read []
            0 :info :add 1
            """)
        #expect(result.verdict == .invalid)
        #expect(measure("lost", of: result) == "1")
    }

    @Test func `an element that nobody added, or nobody read, is counted`() throws {
        let result = try check(
            "set-full",
            """
            0 :invoke :add 1
            0 :fail :add 1
            2 :invoke :read nil
            2 :ok :read [1]
            0 :invoke :add 3
            0 :ok :add 3
            """)
        #expect(result.reasons == ["1 was read, but nobody ever added it."])
        #expect(measure("never read", of: result) == "1")
    }

    @Test func `what was read too early, or twice at once, is no set`() throws {
        let early = try check(
            "set-full", "0 :invoke :read nil\n0 :ok :read [1]\n1 :invoke :add 1\n1 :ok :add 1")
        #expect(early.verdict == .invalid)
        #expect(early.counterexample?.participants.count == 2)
        let twice = try check(
            "set-full", "1 :invoke :add 1\n1 :ok :add 1\n0 :invoke :read nil\n0 :ok :read [1 1]")
        #expect(twice.verdict == .invalid)
        let unread = try check("set-full", "1 :invoke :add 1\n1 :ok :add 1")
        #expect(unread.verdict == .unknown)
    }

    @Test func `a read that began before an addition ended may miss it`() throws {
        let result = try check(
            "set-full",
            """
            0 :invoke :add 1
            2 :invoke :read nil
            0 :ok :add 1
            2 :ok :read []
            """)
        #expect(result.verdict == .unknown)
        #expect(measure("never read", of: result) == "1")
    }

    @Test func `what was enqueued has to come out`() throws {
        let script = """
            0 :invoke :enqueue 1
            0 :ok :enqueue 1
            0 :invoke :enqueue 2
            0 :ok :enqueue 2
            1 :invoke :enqueue 3
            1 :info :enqueue 3
            2 :invoke :dequeue nil
            2 :ok :dequeue 3
            """
        let lost = try check("total-queue", script)
        #expect(lost.verdict == .invalid)
        #expect(measure("lost", of: lost) == "2")
        #expect(measure("recovered", of: lost) == "1")
        let drained = script + "\n2 :invoke :drain nil\n2 :ok :drain [2 1]"
        #expect(try check("total-queue", drained).verdict == .valid)
        let drain = script + "\n2 :invoke :drain nil\n2 :info :drain nil"
        #expect(try check("total-queue", drain).verdict == .unknown)
        let unknown = script + "\n2 :invoke :dequeue nil\n2 :info :dequeue nil"
        #expect(try check("total-queue", unknown).verdict == .invalid)
        let enough = unknown + "\n3 :invoke :dequeue nil"
        #expect(try check("total-queue", enough).verdict == .unknown)
    }

    @Test func `what comes out of a queue twice or from nowhere is invalid`() throws {
        let result = try check(
            "total-queue",
            """
            0 :invoke :enqueue 1
            0 :ok :enqueue 1
            2 :invoke :drain nil
            2 :ok :drain [1 1 5]
            """)
        #expect(
            result.reasons == [
                "5 came out, but nobody ever enqueued it.", "1 came out 2 times, enqueued 1.",
            ])
    }

    @Test func `an identifier that is handed out twice is named with both events`() throws {
        let result = try check(
            "unique-ids",
            """
            0 :invoke :generate nil
            1 :invoke :generate nil
            0 :ok :generate 7
            1 :ok :generate 7
            """)
        #expect(
            result.reasons == [
                "7 was handed out twice: to process 0 (event 2) and to process 1 (event 3)."
            ])
    }

    @Test(arguments: [
        ("0 :invoke :write 2|0 :ok :write 2|0 :invoke :read nil|0 :ok :read 1", "read your writes"),
        ("0 :invoke :read nil|0 :ok :read 2|0 :invoke :read nil|0 :ok :read 1", "monotonic reads"),
        ("0 :invoke :write 2|0 :ok :write 2|0 :invoke :write 1|0 :ok :write 1", "monotonic writes"),
        (
            "0 :invoke :read 2|0 :ok :read 2|0 :invoke :write 2|0 :ok :write 2",
            "writes follow reads"
        ),
    ])
    func `a session that goes back is named by its guarantee`(
        script: String, guarantee: String
    ) throws {
        let lines = script.split(separator: "|").joined(separator: "\n")
        let result = try check("sessions", lines)
        #expect(result.verdict == .invalid)
        #expect(result.reasons.count == 1 && result.reasons[0].hasPrefix(guarantee))
        // Another process has seen nothing yet.
        let other = lines.replacing("\n0 ", with: "\n1 ", maxReplacements: 3)
            .replacing("1 :ok", with: "0 :ok", maxReplacements: 1)
        #expect(try check("sessions", other).verdict == .valid, "\(other)")
    }

    @Test func `a read is as stale as the writes that lie between`() throws {
        let script = """
            0 :invoke :write 1
            0 :ok :write 1
            0 :invoke :write 2
            0 :ok :write 2
            1 :invoke :write 3
            2 :invoke :read nil
            2 :ok :read 1
            1 :ok :write 3
            """
        let result = try check("k-atomicity", script)
        #expect(result.verdict == .invalid)
        #expect(measure("k at least", of: result) == "2")
        let older = try check("k-atomicity", script + "\n2 :invoke :read nil\n2 :ok :read 1")
        #expect(measure("k at least", of: older) == "3")
        let history = try History(script: script)
        #expect(try StalenessChecker(allowed: 2).check(history).verdict == .valid)
    }

    @Test func `a write of unknown outcome has taken effect once its value was read`() throws {
        let script = """
            0 :invoke :write 1
            0 :ok :write 1
            0 :invoke :cas [1 2]
            0 :info :cas [1 2]
            1 :invoke :read nil
            1 :ok :read 2
            2 :invoke :read nil
            2 :ok :read 1
            """
        let stale = try check("k-atomicity", script)
        #expect(stale.verdict == .invalid && stale.kind == "stale-read")
        #expect(measure("k at least", of: stale) == "2")
        let shown = try #require(stale.counterexample)
        #expect(shown.participants.count == 4)
        #expect(
            shown.steps.contains { $0.contains("found what B wrote") }, "\(shown.steps)")
        // Who was called before the value was found may have been first.
        let overlapping = """
            0 :invoke :write 1
            0 :ok :write 1
            0 :invoke :write 2
            0 :info :write 2
            2 :invoke :read nil
            1 :invoke :read nil
            1 :ok :read 2
            2 :ok :read 1
            """
        #expect(try check("k-atomicity", overlapping).verdict == .valid)
    }

    @Test func `a value that was found before its write returned is old from then on`() throws {
        let script = """
            0 :invoke :write 1
            1 :invoke :read nil
            1 :ok :read 1
            1 :invoke :write 2
            1 :ok :write 2
            2 :invoke :read nil
            2 :ok :read 1
            0 :ok :write 1
            """
        #expect(try check("k-atomicity", script).verdict == .invalid)
    }

    @Test func `no k excuses what was read before it was written, or that nobody wrote`() throws {
        func verdict(_ script: String) throws -> Verdict {
            try StalenessChecker(allowed: 9).check(try History(script: script)).verdict
        }
        let early = """
            0 :invoke :read nil
            0 :ok :read 1
            0 :invoke :write 1
            0 :ok :write 1
            """
        #expect(try verdict(early) == .invalid)
        #expect(
            try check("k-atomicity", early).reasons == [
                "Process 0 read 1 (event 1), which was written only later."
            ])
        let overlapping = """
            0 :invoke :read nil
            1 :invoke :write 1
            0 :ok :read 1
            1 :ok :write 1
            """
        #expect(try verdict(overlapping) == .valid)
        // One value, and one only, can have been there at first.
        let first = "0 :invoke :read nil\n0 :ok :read 7\n0 :invoke :read nil\n0 :ok :read "
        #expect(try verdict(first + "7") == .valid)
        #expect(try verdict(first + "8") == .invalid)
        #expect(try verdict(first + "nil") == .invalid)
    }

    @Test func `what comes out of a queue before it went in is invalid`() throws {
        let taken = "1 :invoke :dequeue nil\n1 :ok :dequeue 1\n"
        let put = "0 :invoke :enqueue 1\n0 :ok :enqueue 1"
        #expect(
            try check("total-queue", taken + put).reasons == [
                "1 came out before anybody enqueued it."
            ])
        let overlapping = "0 :invoke :enqueue 1\n" + taken + "0 :ok :enqueue 1"
        #expect(try check("total-queue", overlapping).verdict == .valid)
    }
}
