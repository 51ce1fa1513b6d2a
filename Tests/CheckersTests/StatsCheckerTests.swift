import Checkers
import HistoryModel
import Testing

@Suite struct StatsCheckerTests {
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
                "No read ever succeeded: of 2 called, 1 failed and 1 are unknown."
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

    @Test func `a history in which all failed says something, one of unknowns does not`() throws {
        let failed = try History(script: "0 :invoke :cas [1 2]\n0 :fail :cas [1 2]")
        #expect(try StatsChecker(mustSucceed: []).check(failed).verdict == .valid)
        #expect(try StatsChecker().check(failed).verdict == .unknown)
        let unknown = try History(script: "0 :invoke :cas [1 2]\n0 :info :cas [1 2]")
        #expect(try StatsChecker(mustSucceed: []).check(unknown).verdict == .unknown)
    }
}
