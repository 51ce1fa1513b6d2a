import Checkers
import HistoryModel
import Testing
import Vocabulary

/// Deleted values that are answered again, and those that a node never heard were deleted.
@Suite struct `Resurrected deletes`: StoryTelling {
    /// A value that all hold, and its deletion at node 1, which some apply; collected by some later.
    private func deleted(appliedAt nodes: [Int], collectedAt collectors: [Int]) -> StoreStory {
        var story = sound
        story.wait(1)
        story.write("k", nil, version: 2, at: 1)
        for node in nodes { story.apply("k", version: 2, of: 1, at: node) }
        story.wait(1)
        story.collect("k", version: 2, of: 1, at: collectors)
        return story
    }

    @Test(arguments: [[], [1, 2, 3]])
    func `a node that applied a tombstone may not answer the value, collected later or not`(
        collectors: [Int]
    ) throws {
        var story = sound
        story.write("k", nil, version: 2, at: 1)
        story.apply("k", version: 2, of: 1, at: 2, 3)
        story.wait(1)
        story.read("k", "a", at: 2, by: 2)
        story.wait(1)
        story.collect("k", version: 2, of: 1, at: collectors)
        story.wait(30)
        let result = try story.judge()
        #expect(kinds(result) == ["resurrected delete"])
        #expect(result.reasons[0].contains("n2 answered \"a\""))
    }

    @Test func `nor may it after it collected the tombstone`() throws {
        var story = deleted(appliedAt: [2, 3], collectedAt: [1, 2, 3])
        story.read("k", "a", at: 2, by: 2)
        story.wait(30)
        #expect(kinds(try story.judge()) == ["resurrected delete"])
    }

    @Test func `a node that never applied the tombstone is only stale`() throws {
        var story = deleted(appliedAt: [2], collectedAt: [])
        story.read("k", "a", at: 3, by: 3)
        story.apply("k", version: 2, of: 1, at: 3)
        story.wait(30)
        #expect(try story.judge().verdict == .valid)
    }

    @Test func `a node that lost its store with the tombstone is only stale`() throws {
        var story = deleted(appliedAt: [2, 3], collectedAt: [])
        story.fault(nodes: 3, kind: "wipe")
        story.wait(1)
        story.trace("started", 3, index: 0, detail: "incarnation 2")
        story.heal()
        story.wait(1)
        // What was under way since before the deletion may reach it now.
        story.apply("k", version: 1, of: 1, at: 3)
        story.read("k", "a", at: 3, by: 3)
        story.apply("k", version: 2, of: 1, at: 3)
        story.wait(40)
        #expect(try story.judge().verdict == .valid)
    }

    @Test func `a value written after the tombstone was collected is no old one`() throws {
        var story = deleted(appliedAt: [2, 3], collectedAt: [1, 2, 3])
        // Nobody knows of the deletion any more, so the version may be a lower one.
        story.write("k", "b", version: 1, at: 3, by: 3)
        story.apply("k", version: 1, of: 3, at: 1, 2)
        story.read("k", "b", at: 2, by: 2)
        story.wait(40)
        for node in 1...3 { story.read("k", "b", at: node, by: 10 + node) }
        #expect(try story.judge(asksAtEnd: false).verdict == .valid)
    }

    @Test(arguments: [true, false])
    func `all last reads that find a deleted value are a violation, collected or not`(
        isCollected: Bool
    ) throws {
        var story = deleted(appliedAt: [], collectedAt: isCollected ? [1] : [])
        story.wait(60)
        for node in 1...3 { story.read("k", "a", at: node, by: 10 + node) }
        #expect(try story.judge(asksAtEnd: false).kind == "resurrected-delete")
    }
}
