import Checkers
import HistoryModel
import Testing
import Vocabulary

/// Runs of a store that is to converge whose harness was killed or interrupted.
@Suite struct `Convergence cut short`: ScenarioBuilding {
    /// Judges a story as one whose harness was killed.
    private func judged(_ explanation: StoreScenario) throws -> CheckerResult {
        var explanation = explanation
        // Everything was stored, a moment later.
        explanation.wait(1)
        explanation.trace(RunRecord.tracesRead, 0)
        explanation.read("other", nil, at: 1, by: 99)
        explanation.cutShort()
        return try explanation.judge(asksAtEnd: false)
    }

    @Test func `nodes that do not agree yet may have agreed later`() throws {
        var explanation = StoreScenario()
        explanation.write("k", "a", version: 1, at: 1)
        explanation.wait(60)
        explanation.read("k", nil, at: 3, by: 3)
        #expect(try explanation.judge(asksAtEnd: false).verdict == .invalid)
        #expect(try judged(explanation).verdict == .unknown)
    }

    @Test func `nodes that never served anybody are not accused of being apart`() throws {
        var explanation = StoreScenario()
        explanation.tryToWrite("k", "a", at: 1, by: 1, outcome: .info)
        explanation.trace("written", 1, index: 1, hash: 9, detail: "n1 k a")
        explanation.wait(60)
        explanation.trace("state", 3)
        explanation.beReal(finished: true)
        #expect(try explanation.judge(asksAtEnd: false).verdict == .unknown)
        // One answer shows that this machine lets the store work.
        explanation.read("k", "a", at: 1, by: 2)
        #expect(try explanation.judge(asksAtEnd: false).verdict == .invalid)
    }

    @Test func `what the clients' stream has and the traces lack yet is not lost`() throws {
        var explanation = sound
        explanation.trace(RunRecord.tracesRead, 0)
        explanation.write("j", "b", version: 2, at: 1, isNoted: false)
        #expect(try explanation.judge(asksAtEnd: false).verdict == .invalid)
        explanation.cutShort()
        #expect(try explanation.judge(asksAtEnd: false).verdict == .unknown)
    }

    @Test func `what the traces have and the clients' stream lacks yet is no phantom`() throws {
        var explanation = sound
        explanation.wait(1)
        explanation.trace("written", 2, index: 9, hash: 9, detail: "n2 k nobody-asked")
        explanation.trace(RunRecord.tracesRead, 0)
        #expect(try explanation.judge(asksAtEnd: false).verdict == .invalid)
        explanation.cutShort()
        #expect(try explanation.judge(asksAtEnd: false).verdict == .unknown)
    }

    @Test func `an acknowledged write that was never stored is certain`() throws {
        var explanation = sound
        explanation.write("j", "b", version: 2, at: 1, isNoted: false)
        #expect(kinds(try judged(explanation)) == ["lost update"])
    }

    @Test func `a value that nobody wrote is certain`() throws {
        var explanation = sound
        explanation.read("k", "z", at: 2, by: 2)
        #expect(kinds(try judged(explanation)) == ["phantom value"])
    }

    @Test func `an element that was not found yet is not lost`() throws {
        let history = try History(
            script: "0 :invoke :add 1\n0 :ok :add 1\n1 :invoke :read nil\n1 :ok :read []")
        #expect(try SetFullChecker().check(history).verdict == .invalid)
        #expect(try SetFullChecker(hasLastReads: false).check(history).verdict != .invalid)
    }
}
