import HistoryModel
import Testing

@testable import Checkers

/// Histories so long that streams begin to forget, and to look at many at a time.
@Suite struct LongHistoryTests {
    private func stream(_ model: ObjectModel, _ lines: [String]) throws -> StreamingChecker {
        var checker = try #require(StreamingChecker(model: model))
        let script = StreamDetailTests.script(lines)
        for event in try History(script: script).events { try checker.add(event) }
        return checker
    }

    /// A dequeue that found nothing was called before the queue was empty many times.
    @Test func `when a queue was empty is remembered for the first who may ask`() throws {
        let rounds = (1...70).flatMap { ["0 enqueue \($0)", "0 dequeue > \($0)"] }
        let checker = try stream(
            .queue,
            ["1 :invoke :dequeue nil"] + rounds + [
                "0 enqueue 98", "0 enqueue 99", "2 :invoke :dequeue nil", "1 :ok :dequeue nil",
                "2 :ok :dequeue 98", "0 dequeue > 99",
            ])
        #expect(checker.verdict == .valid)
    }

    /// Blocks are passed over 64 at a time, but only where 64 begin: none before the next 64.
    @Test(arguments: 60...68)
    func `a zone is crossed by any other, wherever that stands`(crossing: Int) throws {
        // What comes before this read is forgotten, and nothing else.
        let lines =
            ["0 write 1000", "900 :invoke :read nil"]
            + (1...140).map { "\($0) :invoke :write \($0)" }
            + (1...140).map { "\($0) :ok :write \($0)" }
            + ["0 read > \(crossing)"]
        #expect(try stream(.casRegister, lines).verdict == .valid)
        #expect(try stream(.casRegister, lines + ["0 read > 120"]).verdict == .invalid)
    }

    /// And 4,096 at a time, but only where as many begin.
    @Test(arguments: [4030, 4031, 4032, 4094, 4095, 4096, 4097, 4160])
    func `a zone is crossed by any other among thousands`(crossing: Int) throws {
        let lines =
            ["0 write 0", "99999 :invoke :read nil"]
            + (1...8300).map { "\($0) :invoke :write \($0)" }
            + (1...8300).map { "\($0) :ok :write \($0)" }
            + ["0 read > \(crossing)"]
        #expect(try stream(.casRegister, lines).verdict == .valid)
        #expect(try stream(.casRegister, lines + ["0 read > 8280"]).verdict == .invalid)
        #expect(try stream(.casRegister, lines + ["0 read > \(crossing)"]).verdict == .valid)
    }

    /// What was called late is known of a block, however many are added to its group after that.
    @Test(arguments: [60, 5000, 8190])
    func `only one of thousands of zones was called late enough`(crossing: Int) throws {
        let lines =
            ["0 write 0", "99999 :invoke :read nil"]
            + (1...12_500).map { "\($0) :invoke :write \($0)" }
            + (1...crossing).map { "\($0) :ok :write \($0)" }
            + ["0 read > \(crossing)"]
            + (crossing + 1...12_500).map { "\($0) :ok :write \($0)" }
        #expect(try stream(.casRegister, lines).verdict == .valid)
        #expect(try stream(.casRegister, lines + ["0 read > 5"]).verdict == .invalid)
    }

    /// Writes of unknown outcome that nobody has read are remembered for good.
    @Test(arguments: [1, 7, 8, 9, 64, 2_000])
    func `a value that was lost is found again`(count: Int) throws {
        let lost = (1...count).flatMap {
            ["\($0) :invoke :write \($0)", "\($0) :info :write \($0)"]
        }
        let all = try stream(.casRegister, lost)
        #expect(all.verdict == .valid && all.remembered == count + 1)
        for value in Set([1, 2, count / 2 + 1, count]) where value <= count {
            #expect(try stream(.casRegister, lost + ["0 read > \(value)"]).verdict == .valid)
            // Two writes of one value are more than a stream can tell apart.
            #expect(try stream(.casRegister, lost + ["0 write \(value)"]).verdict == .unknown)
            let path = ["0 cas [\(value) -1]", "0 read > -1", "0 read > \(value)"]
            #expect(try stream(.casRegister, lost + path).verdict == .invalid)
        }
        #expect(try stream(.casRegister, lost + ["0 read > \(count + 1)"]).verdict == .invalid)
        let read = (1...count).map { "0 read > \($0)" }
        #expect(try stream(.casRegister, lost + read + ["0 write 0"]).remembered == 1)
    }

    @Test(arguments: [2, 10, 100])
    func `of a path of compare-and-sets the last value is remembered`(length: Int) throws {
        let path = (1...length).map { "0 cas [\($0) \($0 + 1)]" }
        let checker = try stream(.casRegister, ["0 write 1"] + path)
        #expect(checker.verdict == .valid)
        #expect(checker.remembered == 1)
    }
}
