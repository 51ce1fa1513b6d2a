import Checkers
import HistoryModel
import Testing
import Vocabulary

/// Runs of a store that is to converge whose harness was killed or interrupted.
@Suite struct `Convergence cut short`: StoryTelling {
    /// Judges a story as one whose harness was killed.
    private func judged(_ story: StoreStory) throws -> CheckerResult {
        var story = story
        // Everything was stored, a moment later.
        story.wait(1)
        story.trace(RunRecord.tracesRead, 0)
        story.read("other", nil, at: 1, by: 99)
        story.cutShort()
        return try story.judge(asksAtEnd: false)
    }

    @Test func `nodes that do not agree yet may have agreed later`() throws {
        var story = StoreStory()
        story.write("k", "a", version: 1, at: 1)
        story.wait(60)
        story.read("k", nil, at: 3, by: 3)
        #expect(try story.judge(asksAtEnd: false).verdict == .invalid)
        #expect(try judged(story).verdict == .unknown)
    }

    @Test func `nodes that never served anybody are not accused of being apart`() throws {
        var story = StoreStory()
        story.tryToWrite("k", "a", at: 1, by: 1, outcome: .info)
        story.trace("written", 1, index: 1, hash: 9, detail: "n1 k a")
        story.wait(60)
        story.trace("state", 3)
        story.beReal(finished: true)
        #expect(try story.judge(asksAtEnd: false).verdict == .unknown)
        // One answer shows that this machine lets the store work.
        story.read("k", "a", at: 1, by: 2)
        #expect(try story.judge(asksAtEnd: false).verdict == .invalid)
    }

    @Test func `what the clients' stream has and the traces lack yet is not lost`() throws {
        var story = sound
        story.trace(RunRecord.tracesRead, 0)
        story.write("j", "b", version: 2, at: 1, isNoted: false)
        #expect(try story.judge(asksAtEnd: false).verdict == .invalid)
        story.cutShort()
        #expect(try story.judge(asksAtEnd: false).verdict == .unknown)
    }

    @Test func `what the traces have and the clients' stream lacks yet is no phantom`() throws {
        var story = sound
        story.wait(1)
        story.trace("written", 2, index: 9, hash: 9, detail: "n2 k nobody-asked")
        story.trace(RunRecord.tracesRead, 0)
        #expect(try story.judge(asksAtEnd: false).verdict == .invalid)
        story.cutShort()
        #expect(try story.judge(asksAtEnd: false).verdict == .unknown)
    }

    @Test func `an acknowledged write that was never stored is certain`() throws {
        var story = sound
        story.write("j", "b", version: 2, at: 1, isNoted: false)
        #expect(kinds(try judged(story)) == ["lost update"])
    }

    @Test func `a value that nobody wrote is certain`() throws {
        var story = sound
        story.read("k", "z", at: 2, by: 2)
        #expect(kinds(try judged(story)) == ["phantom value"])
    }

    @Test func `an element that was not found yet is not lost`() throws {
        let history = try History(
            script: "0 :invoke :add 1\n0 :ok :add 1\n1 :invoke :read nil\n1 :ok :read []")
        #expect(try SetFullChecker().check(history).verdict == .invalid)
        #expect(try SetFullChecker(hasLastReads: false).check(history).verdict != .invalid)
    }
}
