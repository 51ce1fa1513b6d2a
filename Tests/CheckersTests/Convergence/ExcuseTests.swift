import Checkers
import HistoryModel
import Testing
import Vocabulary

/// What excuses a store that is to converge, and what must not.
@Suite struct `Convergence and its excuses`: ScenarioBuilding {
    // MARK: - The end

    @Test func `nodes that nobody asked when all had to agree prove nothing`() throws {
        var explanation = sound
        explanation.wait(20)
        let result = try explanation.judge(asksAtEnd: false)
        #expect(result.verdict == .unknown)
        #expect(result.reasons.first?.contains("No node answered for every key") == true)
        // Six rounds after the write it is too early to ask.
        var early = sound
        early.wait(5)
        #expect(try early.judge().verdict == .unknown)
    }

    @Test func `a node or a key that nobody asked for may hold anything`() throws {
        var explanation = sound
        explanation.write("l", "a", version: 2, at: 1)
        explanation.apply("l", version: 2, of: 1, at: 2, 3)
        explanation.wait(20)
        var all = explanation
        all.askEverybody(but: [2])
        let result = try all.judge(asksAtEnd: false)
        #expect(result.verdict == .unknown)
        #expect(result.reasons.first?.hasPrefix("n2 did not answer for every key") == true)
        explanation.askEverybody(keys: ["k"])
        #expect(try explanation.judge(asksAtEnd: false).verdict == .unknown)
    }

    @Test(arguments: [(stall: 4.0, verdict: Verdict.unknown), (16, .valid)])
    func `a stall keeps nobody from comparing what had to agree before`(
        stall: Double, verdict: Verdict
    ) throws {
        var explanation = sound
        explanation.wait(stall)
        explanation.trace("stalled", NodeID.harness.rawValue, index: 2_000_000_000)
        explanation.wait(4)
        #expect(try explanation.judge().verdict == verdict)
    }

    @Test func `one node has nobody to agree with`() throws {
        var explanation = StoreScenario(nodes: 1)
        explanation.write("k", "a", version: 1, at: 1)
        explanation.wait(20)
        #expect(try explanation.judge().verdict == .unknown)
    }

    @Test func `a state from before a restart is not held against a node`() throws {
        var explanation = sound
        for node in 1...3 { explanation.trace("state", node, index: 1, hash: node == 3 ? 6 : 5) }
        explanation.fault(nodes: 3, kind: "kill-one")
        explanation.trace("started", 3, index: 1)
        explanation.trace(
            "recovered", 3, index: 1, hash: explanation.hash("k", 1, of: 1), detail: "n1 k a")
        explanation.heal()
        explanation.wait(20)
        #expect(kinds(try explanation.judge()) == [])
    }

    // MARK: - The bound

    @Test(arguments: [(5.0, []), (8.0, ["late convergence"])])
    func `the bound holds for writes that no fault came near`(lag: Double, kinds: [String]) throws {
        var explanation = sound
        explanation.write("k", "b", version: 2, at: 1)
        explanation.apply("k", version: 2, of: 1, at: 2)
        explanation.wait(lag)
        explanation.apply("k", version: 2, of: 1, at: 3)
        explanation.wait(1)
        // A cut that comes when the bound has run out excuses nothing.
        explanation.fault(nodes: 3)
        explanation.wait(1)
        explanation.heal()
        explanation.wait(20)
        let result = try explanation.judge()
        #expect(self.kinds(result) == kinds)
        if !kinds.isEmpty { #expect(result.reasons[0].contains("n3 held neither")) }
    }

    @Test func `a write that went down with its node has no bound`() throws {
        var explanation = sound
        explanation.write("k", "b", version: 2, at: 1)
        explanation.fault(nodes: 1, kind: "leave-one")
        explanation.wait(1)
        explanation.trace("started", 1, index: 0)
        explanation.heal()
        explanation.apply("k", version: 1, of: 1, at: 1)
        explanation.wait(20)
        explanation.write("k", "c", version: 3, at: 2, by: 9)
        explanation.apply("k", version: 3, of: 2, at: 1, 3)
        explanation.wait(20)
        #expect(kinds(try explanation.judge()) == [])
    }

    // MARK: - What nodes lose

    @Test func `a wiped node is excused for what it held then, and for nothing later`() throws {
        for isLater in [false, true] {
            var explanation = sound
            if !isLater { explanation.write("k", "b", version: 2, at: 1) }
            explanation.fault(nodes: 1, kind: "wipe-one")
            explanation.wait(1)
            explanation.trace("started", 1, index: 0)
            explanation.heal()
            explanation.apply("k", version: 1, of: 1, at: 1)
            if isLater {
                explanation.wait(1)
                explanation.write("k", "b", version: 2, at: 1)
                explanation.trace("started", 1, index: 1)
                explanation.trace(
                    "recovered", 1, index: 1, hash: explanation.hash("k", 1, of: 1),
                    detail: "n1 k a")
            }
            explanation.wait(20)
            let kinds = kinds(try explanation.judge())
            #expect(kinds.contains("lost update") == isLater)
        }
    }

    @Test func `a session's node that was wiped before it is not excused`() throws {
        var explanation = sound
        explanation.fault(nodes: 2, kind: "wipe-one")
        explanation.wait(1)
        explanation.trace("started", 2, index: 0)
        explanation.heal()
        explanation.apply("k", version: 1, of: 1, at: 2)
        explanation.write("k", "b", version: 2, at: 2, by: 7)
        explanation.read("k", "a", at: 2, by: 7)
        explanation.apply("k", version: 2, of: 2, at: 1, 3)
        explanation.wait(20)
        #expect(kinds(try explanation.judge()) == ["session guarantee"])
    }

    @Test func `a node that comes back without one of its writes has lost it`() throws {
        for isListed in [false, true] {
            var explanation = sound
            explanation.write("l", "b", version: 2, at: 2)
            explanation.fault(nodes: 2, kind: "kill-one")
            explanation.trace("started", 2, index: isListed ? 1 : 2)
            explanation.trace(
                "recovered", 2, index: 1, hash: explanation.hash("k", 1, of: 1), detail: "n1 k a")
            explanation.heal()
            explanation.wait(20)
            // If it did not tell all that it found, the write may be among the rest.
            let kinds = kinds(try explanation.judge())
            #expect(kinds.contains("version regression") == isListed)
            #expect(kinds.contains("lost update") == isListed)
        }
    }

    @Test func `a crash of its own excuses no node`() throws {
        for fault in ["partition-one", "kill-one"] {
            var explanation = sound
            explanation.fault(nodes: 1, kind: fault)
            explanation.write("k", "b", version: 2, at: 1)
            explanation.trace("crashed", 1)
            explanation.heal()
            explanation.wait(20)
            #expect(kinds(try explanation.judge()) == (fault == "kill-one" ? [] : ["lost update"]))
        }
    }

    @Test func `a store that noted no write has lost what it acknowledged`() throws {
        var explanation = StoreScenario()
        explanation.write("k", "a", version: 1, at: 1, isNoted: false)
        explanation.wait(20)
        #expect(kinds(try explanation.judge()) == ["lost update"])
    }

    // MARK: - Deletions

    @Test func `a deletion excuses no read from before it`() throws {
        for isBefore in [false, true] {
            var explanation = sound
            if isBefore { explanation.read("k", nil, at: 1) }
            explanation.write("k", nil, version: 2, at: 1, by: 4)
            if !isBefore { explanation.read("k", nil, at: 1) }
            explanation.apply("k", version: 2, of: 1, at: 2, 3)
            explanation.wait(20)
            #expect(kinds(try explanation.judge()) == (isBefore ? ["session guarantee"] : []))
        }
    }

    @Test func `who saw a key deleted at a node may not see it again there`() throws {
        for reader in [1, 2] {
            var explanation = sound
            explanation.write("k", nil, version: 2, at: 1, by: 4)
            explanation.read("k", nil, at: 1)
            explanation.read("k", "a", at: reader)
            explanation.apply("k", version: 2, of: 1, at: 2, 3)
            explanation.wait(20)
            #expect(kinds(try explanation.judge()) == (reader == 1 ? ["session guarantee"] : []))
        }
    }

    @Test func `a forgotten deletion excuses nobody from what was written later`() throws {
        for isTaken in [false, true] {
            var explanation = StoreScenario()
            explanation.write("k", nil, version: 9, at: 1)
            explanation.apply("k", version: 9, of: 1, at: 2)
            for node in [1, 2] { explanation.trace("collected", node, index: 9, detail: "n1 k") }
            explanation.write("k", "new", version: 3, at: 3, by: 8)
            if isTaken { explanation.apply("k", version: 3, of: 3, at: 1, 2) }
            explanation.wait(20)
            #expect(kinds(try explanation.judge()) == (isTaken ? [] : ["divergence"]))
        }
    }

    @Test func `a failed write that is read took effect all the same`() throws {
        var explanation = sound
        explanation.tryToWrite("k", "b", at: 2, by: 5, outcome: .fail)
        explanation.read("k", "b", at: 2, by: 6)
        explanation.wait(20)
        let result = try explanation.judge()
        #expect(kinds(result) == ["phantom value"])
        #expect(result.reasons[0].contains("though the writing of it had failed"))
    }

    // MARK: - What nodes say and what they noted

    @Test(arguments: [nil, "a", "b"])
    func `what a node noted that it held it must not deny`(answer: String?) throws {
        var explanation = sound
        explanation.write("k", "b", version: 2, at: 1, by: 3)
        explanation.apply("k", version: 2, of: 1, at: 2, 3)
        explanation.wait(10)
        for node in 1...3 { explanation.read("k", answer, at: node, by: 50 + node) }
        let result = try explanation.judge(asksAtEnd: false)
        let isTrue = answer == "b"
        #expect(kinds(result) == (isTrue ? [] : Array(repeating: "version regression", count: 3)))
        if !isTrue { #expect(result.reasons[0].contains("although it had noted \"b\"")) }
    }

    @Test func `a deleted value that all answer is a resurrected one`() throws {
        var explanation = sound
        explanation.write("k", nil, version: 2, at: 1, by: 3)
        explanation.apply("k", version: 2, of: 1, at: 2, 3)
        explanation.wait(10)
        for node in 1...3 { explanation.read("k", "a", at: node, by: 50 + node) }
        #expect(try explanation.judge(asksAtEnd: false).kind == "resurrected-delete")
    }

    @Test func `an answer that comes and goes after all had to agree is divergence`() throws {
        var explanation = sound
        explanation.wait(20)
        explanation.read("k", nil, at: 3, by: 50)
        #expect(kinds(try explanation.judge()).contains("divergence"))
    }

    @Test func `what is read before it was written comes from nowhere`() throws {
        var explanation = sound
        explanation.read("l", "early", at: 2, by: 6)
        explanation.wait(1)
        explanation.write("l", "early", version: 5, at: 1, by: 7)
        explanation.apply("l", version: 5, of: 1, at: 2, 3)
        explanation.wait(20)
        let result = try explanation.judge()
        #expect(kinds(result) == ["phantom value"])
        #expect(result.reasons[0].contains("before any client had begun to write it"))
    }

    @Test func `what no client asked for is a phantom, read or not`() throws {
        var deleted = sound
        deleted.trace("deleted", 2, index: 2, hash: 9, detail: "n2 k")
        for node in [1, 3] { deleted.trace("buried", node, index: 2, hash: 9, detail: "n2 k n2") }
        deleted.wait(20)
        #expect(try deleted.judge().reasons.contains { $0.contains("which no client asked for") })
        var failed = sound
        failed.tryToWrite("k", "b", at: 2, by: 5, outcome: .fail)
        failed.trace("written", 2, index: 2, hash: 9, detail: "n2 k b")
        failed.write("k", "c", version: 3, at: 2, by: 6)
        failed.apply("k", version: 3, of: 2, at: 1, 3)
        failed.wait(20)
        #expect(kinds(try failed.judge()) == ["phantom value"])
    }

    @Test func `nodes that noted nothing may hold anything`() throws {
        var explanation = sound
        explanation.wait(20)
        explanation.askEverybody()
        var record = explanation.record
        for (nodes, verdict) in [(3, Verdict.valid), (4, .unknown)] {
            record.metadata = RunMetadata(
                id: "r", startedAt: "", workload: "", system: "", defects: [], nodes: nodes,
                seed: 1,
                world: RunMetadata.real, command: [], configuration: "", versions: [:])
            let checker = ConvergenceChecker(round: StoreScenario.round)
            #expect(try checker.check(record)?.verdict == verdict)
        }
    }

    // MARK: - Lives that are over

    @Test(arguments: [(0.1, []), (30.0, ["lost update"])])
    func `what a node kept to itself for longer than the bound is no accident`(
        length: Double, kinds: [String]
    ) throws {
        var explanation = sound
        explanation.write("k", "b", version: 2, at: 1, by: 4)
        explanation.wait(length)
        explanation.fault(nodes: 1, kind: "wipe-one")
        explanation.wait(1)
        explanation.trace("started", 1, index: 0)
        explanation.heal()
        explanation.apply("k", version: 1, of: 1, at: 1)
        explanation.wait(20)
        let result = try explanation.judge()
        #expect(self.kinds(result).filter { $0 != "divergence" } == kinds)
    }

    @Test func `nodes that one fault takes together may take a write with them`() throws {
        var explanation = StoreScenario(nodes: 5)
        explanation.write("k", "a", version: 1, at: 1)
        explanation.apply("k", version: 1, of: 1, at: 2, 3, 4, 5)
        explanation.write("k", "b", version: 2, at: 1, by: 4)
        explanation.apply("k", version: 2, of: 1, at: 2)
        explanation.fault(nodes: 1, 2, kind: "leave-minority")
        for node in [1, 2] { explanation.trace("not-restarted", node) }
        explanation.wait(20)
        explanation.read("k", "a", at: 3, by: 53)
        explanation.read("k", "a", at: 4, by: 54)
        explanation.read("k", "a", at: 5, by: 55)
        #expect(kinds(try explanation.judge(asksAtEnd: false)) == [])
    }

    @Test func `who was deaf until it lost its store was late`() throws {
        var explanation = sound
        explanation.write("k", "b", version: 2, at: 1, by: 4)
        explanation.apply("k", version: 2, of: 1, at: 2)
        explanation.wait(30)
        explanation.fault(nodes: 3, kind: "wipe-one")
        explanation.wait(1)
        explanation.trace("started", 3, index: 0)
        explanation.heal()
        explanation.apply("k", version: 2, of: 1, at: 3)
        explanation.wait(20)
        let result = try explanation.judge()
        #expect(kinds(result) == ["late convergence"])
        #expect(result.reasons[0].contains("when it was taken away"))
    }

    @Test func `who begins with nothing when all have forgotten a key is not late in it`() throws {
        var explanation = sound
        explanation.write("k", nil, version: 2, at: 1)
        explanation.apply("k", version: 2, of: 1, at: 2, 3)
        explanation.wait(10)
        for node in 1...3 { explanation.trace("collected", node, index: 2, detail: "n1 k") }
        explanation.fault(nodes: 3, kind: "wipe-one")
        explanation.wait(1)
        explanation.trace("started", 3, index: 0)
        explanation.heal()
        explanation.wait(20)
        explanation.write("k", "new", version: 9, at: 2, by: 8)
        explanation.apply("k", version: 9, of: 2, at: 1, 3)
        explanation.wait(20)
        #expect(kinds(try explanation.judge()) == [])
    }

    @Test func `a living value must not be removed like a deletion`() throws {
        var explanation = sound
        for node in 1...3 { explanation.trace("collected", node, index: 1, detail: "n1 k") }
        explanation.wait(20)
        #expect(Set(kinds(try explanation.judge())) == ["lost update"])
    }

    @Test func `numbers that are too large are none`() throws {
        var explanation = sound
        explanation.trace("applied", 2, index: 1, hash: 3, detail: "n99999999999999999999 k n1")
        explanation.wait(20)
        #expect(kinds(try explanation.judge()) == [])
    }
}
