import Checkers
import HistoryModel
import Testing
import Vocabulary

/// Deleted values that are answered again, and those that a node never heard were deleted.
@Suite struct `Resurrected deletes`: ScenarioBuilding {
    /// A value that all hold, and its deletion at node 1, which some apply; collected by some later.
    private func deleted(appliedAt nodes: [Int], collectedAt collectors: [Int]) -> StoreScenario {
        var explanation = sound
        explanation.wait(1)
        explanation.write("k", nil, version: 2, at: 1)
        for node in nodes { explanation.apply("k", version: 2, of: 1, at: node) }
        explanation.wait(1)
        explanation.collect("k", version: 2, of: 1, at: collectors)
        return explanation
    }

    @Test(arguments: [[], [1, 2, 3]])
    func `a node that applied a tombstone may not answer the value, collected later or not`(
        collectors: [Int]
    ) throws {
        var explanation = sound
        explanation.write("k", nil, version: 2, at: 1)
        explanation.apply("k", version: 2, of: 1, at: 2, 3)
        explanation.wait(1)
        explanation.read("k", "a", at: 2, by: 2)
        explanation.wait(1)
        explanation.collect("k", version: 2, of: 1, at: collectors)
        explanation.wait(30)
        let result = try explanation.judge()
        #expect(kinds(result) == ["resurrected delete"])
        #expect(result.reasons[0].contains("n2 answered \"a\""))
    }

    @Test func `nor may it after it collected the tombstone`() throws {
        var explanation = deleted(appliedAt: [2, 3], collectedAt: [1, 2, 3])
        explanation.read("k", "a", at: 2, by: 2)
        explanation.wait(30)
        #expect(kinds(try explanation.judge()) == ["resurrected delete"])
    }

    @Test func `a node that never applied the tombstone is only stale`() throws {
        var explanation = deleted(appliedAt: [2], collectedAt: [])
        explanation.read("k", "a", at: 3, by: 3)
        explanation.apply("k", version: 2, of: 1, at: 3)
        explanation.wait(30)
        #expect(try explanation.judge().verdict == .valid)
    }

    @Test func `a node that lost its store with the tombstone is only stale`() throws {
        var explanation = deleted(appliedAt: [2, 3], collectedAt: [])
        explanation.fault(nodes: 3, kind: "wipe")
        explanation.wait(1)
        explanation.trace("started", 3, index: 0, detail: "incarnation 2")
        explanation.heal()
        explanation.wait(1)
        // What was under way since before the deletion may reach it now.
        explanation.apply("k", version: 1, of: 1, at: 3)
        explanation.read("k", "a", at: 3, by: 3)
        explanation.apply("k", version: 2, of: 1, at: 3)
        explanation.wait(40)
        #expect(try explanation.judge().verdict == .valid)
    }

    @Test func `a value written after the tombstone was collected is no old one`() throws {
        var explanation = deleted(appliedAt: [2, 3], collectedAt: [1, 2, 3])
        // Nobody knows of the deletion any more, so the version may be a lower one.
        explanation.write("k", "b", version: 1, at: 3, by: 3)
        explanation.apply("k", version: 1, of: 3, at: 1, 2)
        explanation.read("k", "b", at: 2, by: 2)
        explanation.wait(40)
        for node in 1...3 { explanation.read("k", "b", at: node, by: 10 + node) }
        #expect(try explanation.judge(asksAtEnd: false).verdict == .valid)
    }

    @Test(arguments: [true, false])
    func `all last reads that find a deleted value are a violation, collected or not`(
        isCollected: Bool
    ) throws {
        var explanation = deleted(appliedAt: [], collectedAt: isCollected ? [1] : [])
        explanation.wait(60)
        for node in 1...3 { explanation.read("k", "a", at: node, by: 10 + node) }
        #expect(try explanation.judge(asksAtEnd: false).kind == "resurrected-delete")
    }
}
