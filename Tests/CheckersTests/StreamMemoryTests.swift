import Checkers
import HistoryModel
import Testing

/// What is over must be forgotten.
@Suite struct StreamMemoryTests {
    private func remembered(_ model: ObjectModel, _ script: String) throws -> Int {
        var checker = try #require(StreamingChecker(model: model))
        for event in try History(script: script).events { try checker.add(event) }
        #expect(checker.verdict == .valid)
        return checker.remembered
    }

    @Test func `an element that is gone and that nobody asks for is forgotten`() throws {
        let script = (1...50).map { element in
            """
            0 :invoke :contains \(element)
            0 :ok :contains false
            0 :invoke :add \(element)
            0 :ok :add true
            \(element) :invoke :contains \(element)
            \(element) :info :contains \(element)
            0 :invoke :remove \(element)
            0 :ok :remove true
            """
        }.joined(separator: "\n")
        #expect(try remembered(.set, script) == 0)
    }

    @Test func `what only unknown dequeues can have taken is forgotten with them`() throws {
        let script = (1...50).map { round in
            """
            \(round) :invoke :dequeue nil
            \(round) :info :dequeue nil
            0 :invoke :enqueue \(2 * round)
            0 :ok :enqueue \(2 * round)
            0 :invoke :enqueue \(2 * round + 1)
            0 :ok :enqueue \(2 * round + 1)
            0 :invoke :dequeue nil
            0 :ok :dequeue \(2 * round + 1)
            """
        }.joined(separator: "\n")
        #expect(try remembered(.queue, script) < 5)
    }
}
