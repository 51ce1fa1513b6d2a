import Checkers
import HistoryModel
import Testing
import Vocabulary

/// What a store that is to converge may do, and what it may not.
@Suite struct `Convergence`: ScenarioBuilding {
    private func measure(_ result: CheckerResult, _ name: String) -> String? {
        result.measures.first { $0.name == name }?.value
    }

    @Test func `a write that reaches everybody is fine`() throws {
        var explanation = sound
        explanation.wait(20)
        for node in 1...3 { explanation.read("k", "a", at: node, by: node) }
        let result = try explanation.judge(asksAtEnd: false)
        #expect(result.verdict == .valid)
        #expect(result.reasons.isEmpty)
        #expect(measure(result, "keys compared at the end") == "1")
        #expect(measure(result, "time to all nodes, max") == "30 ms, 1 round")
    }

    @Test func `a run of another store is not judged`() throws {
        let record = RunRecord(
            history: History(), traces: [.init(time: .zero, node: NodeID(1), name: "leader")])
        #expect(try ConvergenceChecker(round: 1).check(record) == nil)
    }

    @Test func `a node that never learns a write diverges`() throws {
        var explanation = StoreScenario()
        explanation.write("k", "a", version: 1, at: 1)
        explanation.apply("k", version: 1, of: 1, at: 2)
        explanation.wait(20)
        explanation.read("k", "a", at: 1, by: 1)
        explanation.read("k", nil, at: 3, by: 3)
        let result = try explanation.judge(asksAtEnd: false)
        #expect(result.verdict == .invalid)
        #expect(kinds(result) == ["divergence", "divergence"])
        #expect(result.reasons[0].contains("n3 never came to hold \"a\""))
        #expect(result.reasons[1].contains("n1 answered \"a\""))
    }

    @Test func `nodes may answer differently while a write is young`() throws {
        var explanation = sound
        explanation.read("k", "a", at: 1, by: 1)
        explanation.write("k", "b", version: 2, at: 2, by: 2)
        explanation.read("k", "b", at: 2, by: 2)
        explanation.apply("k", version: 2, of: 2, at: 1, 3)
        explanation.wait(60)
        explanation.trace("traffic", 1, detail: "messages 1")
        #expect(try explanation.judge().verdict == .valid)
    }

    @Test func `a write that is still under way at the end is undecided`() throws {
        var explanation = sound
        explanation.write("k", "b", version: 2, at: 1)
        explanation.wait(1)
        explanation.trace("state", 1)
        let result = try explanation.judge()
        #expect(result.verdict == .unknown)
        #expect(measure(result, "writes undecided") == "1")
    }

    /// Of a node that learns a write late, and of sides that meet late; a stall after 0 s is none.
    @Test(arguments: [
        (wait: 10.0, stall: 9.0, reunion: 0.1, verdict: Verdict.unknown),
        (10, 0, 0.1, .invalid), (20, 9, 0.1, .invalid), (3, 1, 0.1, .valid),
        (3, 0, 30, .invalid), (3, 25, 30, .unknown), (3, 5, 30, .invalid), (10, 18, 0.1, .invalid),
    ])
    func `a machine that stood still excuses what is late, and absolves nobody`(
        wait: Double, stall: Double, reunion: Double, verdict: Verdict
    ) throws {
        var explanation = sound
        explanation.fault(nodes: 1)
        explanation.write("k", "b", version: 2, at: 1)
        explanation.apply("k", version: 2, of: 1, at: 2)
        explanation.heal(reunionAfter: reunion)
        if stall > 0 { explanation.stall(afterHeal: stall) }
        explanation.wait(wait)
        explanation.apply("k", version: 2, of: 1, at: 3)
        explanation.wait(60)
        explanation.trace("state", 1)
        #expect(try explanation.judge().verdict == verdict)
    }

    @Test func `what nobody had time for at the end is undecided`() throws {
        for hasStalled in [false, true] {
            var explanation = sound
            explanation.write("k", "b", version: 2, at: 1)
            explanation.wait(20)
            if hasStalled {
                explanation.trace("stalled", NodeID.harness.rawValue, detail: "for 9 s")
            }
            explanation.trace("state", 1)
            #expect(try explanation.judge().verdict == (hasStalled ? .unknown : .invalid))
        }
    }

    @Test func `a superseded write is not lost`() throws {
        var explanation = StoreScenario()
        explanation.write("k", "a", version: 1, at: 1)
        explanation.write("k", "b", version: 1, at: 2, by: 1)
        explanation.apply("k", version: 1, of: 2, at: 1, 3)
        explanation.wait(20)
        #expect(try explanation.judge().verdict == .valid)
    }

    @Test func `an acknowledged write that no node stored is lost`() throws {
        var explanation = sound
        explanation.write("k", "b", version: 2, at: 2, isNoted: false)
        explanation.wait(20)
        let result = try explanation.judge()
        #expect(kinds(result) == ["lost update"])
        #expect(result.reasons[0].contains("acknowledged by n2"))
    }

    @Test func `a write below what its client had seen is lost`() throws {
        var explanation = StoreScenario()
        explanation.write("k", "a", version: 9, at: 2)
        explanation.apply("k", version: 9, of: 2, at: 3)
        explanation.write("k", "b", version: 4, at: 1)
        explanation.apply("k", version: 9, of: 2, at: 1)
        explanation.wait(20)
        #expect(kinds(try explanation.judge()) == ["lost update"])
        // From a client that had not seen it, it is an ordinary concurrent write.
        var other = StoreScenario()
        other.write("k", "a", version: 9, at: 2)
        other.apply("k", version: 9, of: 2, at: 3)
        other.write("k", "b", version: 4, at: 1, by: 5)
        other.apply("k", version: 9, of: 2, at: 1)
        other.wait(20)
        #expect(try other.judge().verdict == .valid)
    }

    @Test func `a write that goes down with the only node that had it is not lost`() throws {
        var explanation = sound
        explanation.fault(nodes: 1, kind: "kill-one")
        explanation.write("k", "b", version: 2, at: 1)
        explanation.trace("crashed", 1)
        explanation.heal()
        explanation.trace("not-restarted", 1)
        explanation.wait(20)
        explanation.trace("state", 2)
        let result = try explanation.judge()
        #expect(result.verdict == .valid)
        #expect(measure(result, "writes gone with their node") == "1")
    }

    @Test func `a write that was passed on and is gone is lost`() throws {
        var explanation = sound
        explanation.fault(nodes: 1, 2, kind: "wipe-minority")
        explanation.write("k", "b", version: 2, at: 1)
        explanation.apply("k", version: 2, of: 1, at: 2)
        explanation.trace("crashed", 1)
        // The second node lost its store to the fault, and got the old write again.
        explanation.trace("started", 2, index: 0)
        explanation.apply("k", version: 1, of: 1, at: 2)
        explanation.heal()
        explanation.wait(20)
        explanation.trace("state", 2)
        #expect(try explanation.judge().verdict == .valid)
        var alive = sound
        alive.write("k", "b", version: 2, at: 1)
        alive.trace("crashed", 1)
        alive.apply("k", version: 2, of: 1, at: 2)
        alive.trace("crashed", 2)
        alive.wait(20)
        alive.trace("state", 3)
        let result = try alive.judge()
        #expect(kinds(result) == ["lost update"])
        #expect(result.reasons[0].contains("held once by n1 n2"))
    }

    @Test func `a deleted key that has an old value again is named`() throws {
        var explanation = sound
        explanation.write("k", nil, version: 2, at: 1)
        explanation.apply("k", version: 2, of: 1, at: 2, 3)
        explanation.trace("collected", 2, index: 2, detail: "n1 k")
        explanation.apply("k", version: 1, of: 1, at: 2)
        explanation.wait(20)
        let result = try explanation.judge()
        #expect(kinds(result) == ["resurrected delete"])
        #expect(result.kind == "resurrected-delete")
        #expect(result.reasons[0].contains("n2 went back from its deletion"))
    }

    @Test func `a deletion that was forgotten before all had it is named`() throws {
        var explanation = sound
        explanation.write("k", nil, version: 2, at: 1)
        explanation.apply("k", version: 2, of: 1, at: 2)
        explanation.trace("collected", 2, index: 2, detail: "n1 k")
        explanation.wait(20)
        explanation.trace("state", 3)
        #expect(kinds(try explanation.judge()) == ["resurrected delete"])
    }

    @Test func `a node that goes back to an older write is named`() throws {
        var explanation = sound
        explanation.write("k", "b", version: 2, at: 2, by: 1)
        explanation.apply("k", version: 2, of: 2, at: 1, 3)
        explanation.apply("k", version: 1, of: 1, at: 3)
        explanation.wait(20)
        #expect(kinds(try explanation.judge()) == ["version regression"])
    }

    @Test(arguments: [("wipe-one", []), ("kill-one", ["version regression"])])
    func `a node may begin again with nothing only if a fault took its store`(
        fault: String, kinds: [String]
    ) throws {
        var explanation = sound
        explanation.fault(nodes: 2, kind: fault)
        explanation.wait(1)
        explanation.trace("started", 2, index: 0)
        explanation.heal()
        explanation.apply("k", version: 1, of: 1, at: 2)
        explanation.wait(20)
        #expect(self.kinds(try explanation.judge()) == kinds)
    }

    @Test func `a version given out twice is named`() throws {
        var explanation = sound
        explanation.write("k", "b", version: 1, at: 1)
        explanation.wait(20)
        #expect(kinds(try explanation.judge()).first == "version regression")
    }

    @Test func `a write that nobody made is a phantom`() throws {
        var explanation = sound
        explanation.apply("k", version: 8, of: 2, at: 3)
        explanation.wait(1)
        #expect(kinds(try explanation.judge()) == ["phantom value"])
        var forged = StoreScenario()
        forged.write("k", "a", version: 1, at: 1)
        forged.apply("k", version: 1, of: 1, at: 2)
        forged.trace("applied", 3, index: 1, hash: 999, detail: "n1 k n2")
        #expect(kinds(try forged.judge()) == ["phantom value"])
        var read = sound
        read.read("k", "never", at: 2)
        #expect(kinds(try read.judge()) == ["phantom value"])
    }

    @Test func `no gap in the traces explains an answer that nobody wrote`() throws {
        var read = sound
        read.trace(RunRecord.traceUnreadable, 3, detail: "1 lines of its trace")
        #expect(try read.judge().verdict == .unknown)
        read.apply("k", version: 8, of: 2, at: 3)
        #expect(try read.judge().verdict == .unknown)
        read.read("k", "never", at: 2)
        #expect(kinds(try read.judge()) == ["phantom value"])
    }

    @Test func `a session at one node may not go back, others may`() throws {
        var explanation = sound
        explanation.write("k", "b", version: 2, at: 1, by: 7)
        explanation.read("k", "a", at: 2, by: 7)
        explanation.apply("k", version: 2, of: 1, at: 2, 3)
        explanation.wait(20)
        let loose = try explanation.judge()
        #expect(loose.verdict == .valid)
        #expect(measure(loose, "reads that went back between nodes") == "1")
        explanation.read("k", "a", at: 1, by: 7)
        #expect(kinds(try explanation.judge()) == ["divergence", "session guarantee"])
    }

    @Test func `nothing may be read after something only if it was deleted`() throws {
        var explanation = sound
        explanation.read("k", nil, at: 1)
        #expect(kinds(try explanation.judge()) == ["session guarantee"])
        var deleted = sound
        deleted.write("k", nil, version: 2, at: 1, by: 4)
        deleted.read("k", nil, at: 1)
        deleted.apply("k", version: 2, of: 1, at: 2, 3)
        deleted.wait(20)
        #expect(try deleted.judge().verdict == .valid)
    }

    @Test func `the bound counts from when the sides have found each other`() throws {
        for (reunion, lag, kinds) in [(3.0, 1.0, []), (0.1, 5.0, ["late convergence"])] {
            var explanation = sound
            explanation.fault(nodes: 3)
            explanation.write("k", "b", version: 2, at: 1)
            explanation.apply("k", version: 2, of: 1, at: 2)
            explanation.wait(2)
            explanation.heal(reunionAfter: reunion)
            explanation.wait(lag)
            explanation.apply("k", version: 2, of: 1, at: 3)
            explanation.wait(20)
            #expect(self.kinds(try explanation.judge(roundsMax: 3)) == kinds)
        }
    }

    @Test func `who joins late has the bound from its start`() throws {
        for (lag, kinds) in [(1.0, []), (5.0, ["late convergence"])] {
            var explanation = StoreScenario(nodes: 2)
            explanation.write("k", "a", version: 1, at: 1)
            explanation.fault(nodes: 2)
            explanation.wait(1)
            explanation.heal()
            explanation.apply("k", version: 1, of: 1, at: 2)
            explanation.wait(100)
            explanation.trace("started", 3, index: 0)
            explanation.wait(lag)
            explanation.apply("k", version: 1, of: 1, at: 3)
            explanation.wait(100)
            explanation.trace("traffic", 1, detail: "messages 1")
            let result = try explanation.judge(roundsMax: 3)
            #expect(self.kinds(result) == kinds)
        }
    }

    @Test func `who leaves for good keeps nobody apart`() throws {
        var explanation = sound
        explanation.write("k", "b", version: 2, at: 1)
        explanation.fault(nodes: 3, kind: "leave")
        explanation.apply("k", version: 2, of: 1, at: 2)
        explanation.wait(60)
        explanation.trace("traffic", 1, detail: "messages 1")
        #expect(try explanation.judge().verdict == .valid)
    }

    @Test func `a cut that is never healed leaves it undecided`() throws {
        var explanation = sound
        explanation.write("k", "b", version: 2, at: 1)
        explanation.fault(nodes: 3)
        explanation.apply("k", version: 2, of: 1, at: 2)
        explanation.wait(60)
        explanation.trace("traffic", 1, detail: "messages 1")
        #expect(try explanation.judge().verdict == .unknown)
    }

    @Test func `sides that do not find each other in time are late`() throws {
        var explanation = sound
        explanation.fault(nodes: 3)
        explanation.wait(1)
        explanation.heal(reunionAfter: 30)
        #expect(kinds(try explanation.judge()) == ["late convergence"])
    }

    @Test func `a run without an acknowledged write proves nothing`() throws {
        var noted = StoreScenario(nodes: 1)
        noted.trace("written", 1, index: 1, hash: 1, detail: "n1 k a")
        #expect(try noted.judge().verdict == .unknown)
    }

    @Test func `states that differ at the end are named`() throws {
        for (hashes, kinds): ([UInt64], [String]) in [
            ([5, 5, 5], []), ([5, 6, 5], ["divergence"]),
        ] {
            var explanation = sound
            for (node, hash) in hashes.enumerated() {
                explanation.trace("state", node + 1, index: 1, hash: hash)
            }
            explanation.wait(60)
            explanation.trace("traffic", 1, detail: "messages 1")
            let result = try explanation.judge()
            #expect(self.kinds(result) == kinds)
            #expect(
                measure(result, "different states at the end") == (kinds.isEmpty ? "1" : "2"))
        }
    }

    @Test func `a node that generations and is held dead to the end is named`() throws {
        for (status, kinds) in [("alive", []), ("dead", ["buried alive"])] {
            var explanation = sound
            explanation.trace("member", 1, index: 0, detail: "n3 dead")
            explanation.trace("member", 1, index: 1, detail: "n3 \(status)")
            explanation.wait(60)
            explanation.trace("traffic", 1, detail: "messages 1")
            #expect(self.kinds(try explanation.judge()) == kinds)
        }
    }

    @Test func `a explanation says who was told`() throws {
        var explanation = sound
        explanation.write("k", "b", version: 2, at: 1)
        explanation.trace("told", 1, index: 2, detail: "n1 k n2")
        explanation.apply("k", version: 2, of: 1, at: 2)
        explanation.wait(60)
        explanation.trace("traffic", 1, detail: "messages 1")
        #expect(try explanation.judge().reasons.first?.hasSuffix("; n1 told n2.") == true)
    }

    @Test func `idle traffic is what is sent when all is quiet`() throws {
        var explanation = sound
        explanation.wait(60)
        for messages in [100, 130] {
            explanation.wait(10)
            explanation.trace("traffic", 2, detail: "messages \(messages)")
        }
        #expect(measure(try explanation.judge(), "idle messages per node and second") == "3.0")
    }

    @Test func `traffic is added up over the generations of the nodes`() throws {
        var explanation = sound
        for (messages, node) in [(10, 1), (20, 1), (5, 2)] {
            explanation.trace(
                "traffic", node,
                detail: "messages \(messages) bytes 100 entries 8 needless 2 refused 0")
        }
        explanation.trace("started", 1, index: 3)
        explanation.trace(
            "traffic", 1, detail: "messages 3 bytes 50 entries 2 needless 0 refused 1")
        let result = try explanation.judge()
        #expect(measure(result, "messages") == "28")
        #expect(measure(result, "bytes") == "250")
        #expect(measure(result, "share of duplicates") == "22 %")
        #expect(measure(result, "refused") == "1")
    }
}
