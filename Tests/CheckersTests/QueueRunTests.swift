import HistoryModel
import Testing
import Vocabulary

@testable import Checkers

/// How a queue of a run is accounted for, where nobody promises that it was drained.
@Suite struct `Queues of runs` {
    private func verdict(_ lines: String, isCutShort: Bool = false) throws -> CheckerResult {
        var history = History()
        for (index, line) in lines.split(separator: "\n").enumerated() {
            let words = line.split(separator: " ").map(String.init)
            let type = try #require(EventType(rawValue: words[1]))
            let value = Int64(words[3]).map { Value.integer($0) } ?? .null
            history.events.append(
                Event(
                    index: index, time: Instant(nanoseconds: Int64(index)),
                    process: ProcessID(try #require(Int(words[0]))), type: type,
                    function: Function(rawValue: words[2]), key: 1, value: value))
        }
        let run = RunRecord(history: history, finished: !isCutShort)
        return try #require(try TotalQueueChecker().judge(run))
    }

    @Test func `a value that is still in the queue is not lost`() throws {
        let result = try verdict(
            """
            0 invoke enqueue 7
            0 ok enqueue 7
            """)
        #expect(result.verdict == .valid)
    }

    @Test func `a value that was put in before the queue was found empty is lost`() throws {
        let result = try verdict(
            """
            0 invoke enqueue 7
            0 ok enqueue 7
            1 invoke dequeue nil
            1 ok dequeue nil
            """)
        #expect(result.verdict == .invalid)
        #expect(result.kind == "lost-value")
    }

    @Test func `an empty answer that was asked for before proves no loss`() throws {
        let result = try verdict(
            """
            1 invoke dequeue nil
            0 invoke enqueue 7
            0 ok enqueue 7
            1 ok dequeue nil
            """)
        #expect(result.verdict == .valid)
    }

    @Test func `a dequeue of unknown outcome may have taken what is missing`() throws {
        let result = try verdict(
            """
            0 invoke enqueue 7
            0 ok enqueue 7
            1 invoke dequeue nil
            1 info dequeue nil
            2 invoke dequeue nil
            2 ok dequeue nil
            """)
        #expect(result.verdict == .valid)
        #expect(
            result.measures.contains(.init("perhaps taken by an unknown dequeue", "1")))
    }

    @Test func `a value that came out twice is found, also in a run that was cut short`() throws {
        let result = try verdict(
            """
            0 invoke enqueue 7
            0 ok enqueue 7
            1 invoke dequeue nil
            1 ok dequeue 7
            2 invoke dequeue nil
            2 ok dequeue 7
            """, isCutShort: true)
        #expect(result.verdict == .invalid)
        #expect(result.kind == "duplicate")
    }
}
