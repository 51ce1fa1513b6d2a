import Checkers
import HistoryModel
import Testing
import Vocabulary

@Suite struct StatsCheckerTests {
    @Test func `one operation that did not succeed is not told as several`() throws {
        let history = try History(script: "0 :invoke :read nil\n0 :fail :read nil")
        let result = try StatsChecker().check(history)
        #expect(
            result.reasons == [
                "The only operation did not succeed: such a run proves nothing."
            ])
    }

    @Test func `a run that did nothing is unknown`() throws {
        let result = try StatsChecker().check(History())
        #expect(result.verdict == .unknown)
        #expect(result.reasons.count == 1)
    }

    @Test func `reads that never succeed leave a run unknown`() throws {
        let result = try StatsChecker().check(
            History(
                script: """
                    0 :invoke :read nil
                    1 :invoke :write 3
                    0 :fail :read nil
                    1 :ok :write 3
                    2 :invoke :read nil
                    """))
        #expect(result.verdict == .unknown)
        #expect(
            result.reasons == [
                "None of the 2 calls of read succeeded: what it promises was not tested."
            ])
        #expect(
            result.measures == [
                .init("read", "0 ok, 1 fail, 1 info"), .init("write", "1 ok, 0 fail, 0 info"),
            ])
    }

    @Test func `a compare-and-set that never succeeds is only worth a warning`() throws {
        let result = try StatsChecker().check(
            History(
                script: """
                    0 :invoke :cas [1 2]
                    1 :invoke :write 3
                    0 :fail :cas [1 2]
                    1 :ok :write 3
                    """))
        #expect(result.verdict == .valid)
        #expect(result.measures.last == .init("warning", "no cas ever succeeded"))
    }

    @Test(arguments: ["fail", "info"])
    func `a history in which nothing succeeded proves nothing, wherever it is from`(
        end: String
    ) throws {
        let history = try History(script: "0 :invoke :write 1\n0 :\(end) :write 1")
        #expect(try StatsChecker(functionsNeeded: []).check(history).verdict == .unknown)
        #expect(try StatsChecker().check(history).verdict == .unknown)
    }

    @Test func `a function that never succeeded is only a warning in a history from elsewhere`()
        throws
    {
        let history = try History(
            script: """
                0 :invoke :read nil
                0 :fail :read nil
                1 :invoke :write 3
                1 :ok :write 3
                """)
        let result = try StatsChecker(functionsNeeded: []).check(history)
        #expect(result.verdict == .valid)
        #expect(result.measures.last == .init("warning", "no read ever succeeded"))
    }

    /// Clients write and fail until 10 s; the harness's own write and read succeed after that.
    private func history(underLoad outcome: EventType, found: Value? = nil) -> History {
        let steps: [(EventType, Function, Int64)] = [
            (.invoke, .cas, 1), (outcome, .cas, 2), (.invoke, .write, 3), (outcome, .write, 4),
            (.invoke, .write, 20), (.ok, .write, 21), (.invoke, .read, 22), (.ok, .read, 23),
        ]
        return History(
            events: steps.enumerated().map { place, step in
                Event(
                    index: place, time: Instant(nanoseconds: step.2), process: ProcessID(0),
                    type: step.0, function: step.1, value: 1,
                    found: step.0 == .fail && step.1 == .cas ? found : nil)
            })
    }

    @Test func `what the harness itself does after the load does not count as a test`() throws {
        let checker = StatsChecker(
            functionsNeeded: [.read, .write, .cas], loadEnd: Instant(nanoseconds: 10))
        let tested = try checker.check(history(underLoad: .ok))
        #expect(tested.verdict == .valid)
        let result = try checker.check(history(underLoad: .fail))
        #expect(result.verdict == .unknown)
        #expect(
            result.reasons == [
                "None of the 2 operations under load succeeded: such a run proves nothing."
            ])
    }

    @Test func `a compare-and-set that found another value was served`() throws {
        let checker = StatsChecker(functionsNeeded: [.cas], loadEnd: Instant(nanoseconds: 10))
        #expect(try checker.check(history(underLoad: .fail, found: 7)).verdict == .valid)
        #expect(try checker.check(history(underLoad: .fail)).verdict == .unknown)
        // Of a history from elsewhere nobody knows whether it was the system that said so.
        var elsewhere = history(underLoad: .fail, found: 7)
        elsewhere.events.removeLast(4)
        #expect(try StatsChecker(functionsNeeded: []).check(elsewhere).verdict == .unknown)
    }
}
