import Checkers
import HistoryModel
import Testing
import Vocabulary

/// What nodes that come back mean for convergence, and what a store as a whole comes to.
@Suite struct `Convergence after restarts`: ScenarioBuilding {
    @Test func `a write that was found on the disk needs no other note`() throws {
        var explanation = sound
        explanation.tryToWrite("k", "late", at: 2, by: 5, outcome: .info)
        explanation.trace("started", 2, index: 1)
        explanation.trace("recovered", 2, index: 4, hash: 77, detail: "n2 k late")
        for node in [1, 3] {
            explanation.trace("applied", node, index: 4, hash: 77, detail: "n2 k n2")
        }
        explanation.wait(20)
        for node in 1...3 { explanation.read("k", "late", at: node, by: 50 + node) }
        #expect(try explanation.judge(asksAtEnd: false).verdict == .valid)
    }

    @Test func `a forged write is no better for having been saved`() throws {
        var explanation = sound
        explanation.trace("applied", 2, index: 4, hash: 77, detail: "n1 k n1")
        explanation.trace("started", 2, index: 1)
        explanation.trace("recovered", 2, index: 4, hash: 77, detail: "n1 k forged")
        #expect(kinds(try explanation.judge()).first == "phantom value")
    }

    @Test func `a node that finds less than it had has lost it`() throws {
        var explanation = sound
        explanation.write("k", "b", version: 2, at: 1)
        explanation.apply("k", version: 2, of: 1, at: 2, 3)
        explanation.trace("started", 2, index: 1)
        explanation.trace("recovered", 2, index: 1, hash: 0, detail: "n1 k a")
        explanation.wait(20)
        #expect(kinds(try explanation.judge()).contains("version regression"))
    }

    @Test func `who joins with nothing need not hold a deletion that all others forgot`() throws {
        var explanation = sound
        explanation.write("k", nil, version: 2, at: 1)
        explanation.apply("k", version: 2, of: 1, at: 2)
        explanation.trace("collected", 1, index: 2, detail: "n1 k")
        explanation.trace("collected", 2, index: 2, detail: "n1 k")
        var old = explanation
        explanation.fault(nodes: 3, kind: "wipe-one")
        explanation.wait(1)
        explanation.trace("started", 3, index: 0)
        explanation.heal()
        explanation.wait(60)
        explanation.trace("state", 3)
        #expect(try explanation.judge().verdict == .valid)
        // With an old value in its hands it had better.
        old.wait(60)
        old.trace("state", 3)
        #expect(kinds(try old.judge()) == ["resurrected delete"])
    }

    @Test func `a write from after a deletion was forgotten is no old value`() throws {
        var explanation = StoreScenario()
        explanation.write("k", nil, version: 9, at: 1)
        explanation.apply("k", version: 9, of: 1, at: 2)
        explanation.trace("collected", 1, index: 9, detail: "n1 k")
        explanation.trace("collected", 2, index: 9, detail: "n1 k")
        explanation.write("k", "new", version: 3, at: 3, by: 8)
        explanation.apply("k", version: 3, of: 3, at: 1, 2)
        explanation.wait(20)
        #expect(try explanation.judge().verdict == .valid)
    }

    @Test func `of two deletions at once neither is held for the other`() throws {
        for (versions, verdict) in [([4, 10], Verdict.valid), ([4, 5], .invalid)] {
            var explanation = StoreScenario()
            explanation.write("k", "a", version: 9, at: 2, by: 7)
            explanation.delete("k", versions: versions, at: 1, by: [2, 7])
            explanation.apply("k", version: 9, of: 2, at: 3)
            if versions[1] > 9 {
                explanation.apply("k", version: versions[1], of: 1, at: 2, 3)
            } else {
                explanation.apply("k", version: 9, of: 2, at: 1)
            }
            explanation.wait(20)
            #expect(try explanation.judge().verdict == verdict)
        }
    }

    @Test func `who takes itself for complete and lacks a write has a gap`() throws {
        // What it said before it started again does not count.
        for (claim, restarts, kind) in [
            (2, false, "gap"), (1, false, "divergence"), (2, true, "divergence"),
        ] {
            var explanation = sound
            explanation.write("k", "b", version: 2, at: 1)
            explanation.apply("k", version: 2, of: 1, at: 2)
            explanation.trace("complete", 3, detail: "n1 \(claim) n2/2 77")
            if restarts { explanation.trace("started", 3, index: 1, detail: "incarnation 2") }
            explanation.wait(60)
            explanation.trace("traffic", 1, detail: "messages 1")
            let result = try explanation.judge()
            #expect(kinds(result) == [kind])
            #expect(result.kind == kind)
        }
    }

    @Test func `two writes of one version that both stay are no gap`() throws {
        var explanation = sound
        explanation.write("k", "b", version: 2, at: 1)
        explanation.write("k", "c", version: 2, at: 2, by: 5)
        explanation.apply("k", version: 2, of: 1, at: 3)
        explanation.trace("complete", 1, detail: "n1 2 n2 2")
        explanation.trace("complete", 3, detail: "n1 2 n2 2")
        explanation.wait(60)
        explanation.trace("traffic", 1, detail: "messages 1")
        #expect(kinds(try explanation.judge()) == ["divergence"])
    }

    @Test func `nodes that go on talking about nothing are named`() throws {
        var explanation = sound
        explanation.wait(60)
        for messages in [100, 10_100] {
            explanation.wait(10)
            explanation.trace("traffic", 2, detail: "messages \(messages)")
        }
        explanation.askEverybody()
        var checker = ConvergenceChecker(round: StoreScenario.round)
        checker.idleMessagesMax = 1_100
        #expect(try checker.check(explanation.record)?.verdict == .valid)
        checker.idleMessagesMax = 900
        #expect(try checker.check(explanation.record)?.kind == "excess-traffic")
        // Nodes that count nothing promise nothing; those that were not idle for long enough may have.
        for (count, verdict) in [(0, Verdict.valid), (1, .unknown)] {
            var short = sound
            for place in 0..<count { short.trace("traffic", 2, detail: "messages \(place)") }
            short.wait(60)
            short.askEverybody()
            #expect(try checker.check(short.record)?.verdict == verdict)
        }
    }

    @Test func `a run in which no node noted a write proves nothing`() throws {
        let promise = ConvergenceBound(object: .keyValue, round: 1)
        let results = try RunChecks.results(
            for: RunRecord(history: History()),
            promise: ConsistencyModel(.convergence(promise), functionsNeeded: [.read, .write]))
        #expect(results.first?.checker == "convergence")
        #expect(results.first?.verdict == .unknown)
    }

    @Test func `a sum lies between what was added and what may have been`() throws {
        func verdict(_ sum: Int64, adding first: Int64 = 5) throws -> Verdict {
            let first = Value.integer(first)
            let script: [(EventType, Function, Value)] = [
                (.invoke, .add, first), (.ok, .add, first), (.invoke, .add, 100),
                (.fail, .add, 100), (.invoke, .add, -3), (.info, .add, -3), (.invoke, .read, .null),
                (.ok, .read, .integer(sum)),
            ]
            let events = script.enumerated().map { place, step in
                Event(
                    index: place, time: Instant(nanoseconds: Int64(place)),
                    process: ProcessID(place / 2), type: step.0, function: step.1, value: step.2)
            }
            return try CounterSumChecker().check(RunRecord(history: History(events: events)))
                .verdict
        }
        #expect(try verdict(5) == .valid)
        #expect(try verdict(2) == .valid)
        #expect(try verdict(1) == .invalid)
        #expect(try verdict(6) == .invalid)
        #expect(try verdict(.max, adding: .max) == .valid)
        #expect(try verdict(.min, adding: .min) == .unknown)
        #expect(
            try CounterSumChecker().check(RunRecord(history: History())).verdict == .unknown)
    }

    @Test func `an addition that failed is not expected, unless it is read`() throws {
        let failed = """
            0 :invoke :add 1
            0 :fail :add 1
            0 :invoke :add 2
            0 :ok :add 2
            1 :invoke :read nil
            1 :ok :read
            """
        let checker = SetFullChecker()
        #expect(try checker.check(History(script: failed + " [2]")).verdict == .valid)
        #expect(try checker.check(History(script: failed + " [1 2]")).verdict == .invalid)
    }
}
