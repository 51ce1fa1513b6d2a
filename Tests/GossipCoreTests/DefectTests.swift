import GossipCore
import Testing
import Vocabulary

/// Each known bug, put back, breaks a promise that the sound store keeps in the same place.
@Suite struct `A defect is caught` {
    /// How many of ten seeds end with a broken promise.
    private func caught(
        _ defect: GossipDefect, rounds: Nanoseconds = 14,
        change: @escaping (inout GossipConfiguration) -> Void = { _ in }
    ) -> Int {
        (0..<10).count { seed in
            let cluster = `A cluster under faults`.run(
                seed: seed, rounds: rounds, defects: [defect], change: change)
            return !cluster.monitor.violations.isEmpty
        }
    }

    @Test func `when versions begin anew`() {
        #expect(caught(.versionReset) { $0.rumors = nil } == 10)
    }

    /// A cluster of five that is cut in two after a first write, healed after four seconds, and
    /// then judged.
    private func split(
        seed: Int, defect: GossipDefect?, writes: (inout SimulatedCluster) -> Void
    ) -> [String] {
        var cluster = SimulatedCluster(seed: Seed(UInt64(seed)), nodeCount: 5, faultsEnd: .zero) {
            if let defect { $0.defects = [defect] }
        }
        cluster.put("k", "first", at: 0)
        cluster.run(until: cluster.now + 6_000_000_000)
        cluster.isolate([0, 1])
        writes(&cluster)
        cluster.run(until: cluster.now + 4_000_000_000)
        cluster.cut = []
        cluster.run(until: cluster.now + 15_000_000_000)
        cluster.monitor.checkEnd(cluster.nodes)
        return cluster.monitor.violations
    }

    @Test(arguments: [nil, GossipDefect.noTieBreak])
    func `when equal versions are not told apart`(defect: GossipDefect?) {
        for seed in 0..<10 {
            let violations = split(seed: seed, defect: defect) {
                $0.put("k", "left", at: 0)
                $0.put("k", "right", at: 4)
            }
            #expect(violations.isEmpty == (defect == nil))
        }
    }

    @Test(arguments: [nil, GossipDefect.timerTombstones])
    func `when tombstones go by a timer`(defect: GossipDefect?) {
        for seed in 0..<10 {
            let violations = split(seed: seed, defect: defect) {
                $0.put("k", nil, at: 4)
            }
            #expect(violations.isEmpty == (defect == nil))
        }
    }

    @Test func `when a truncated delta counts as whole`() {
        #expect(
            caught(.truncatedDelta, rounds: 40) {
                $0.datagramBytesMax = 500
                $0.streamBytesMax = 0
                $0.rumors = nil
            } == 10)
    }

    @Test func `when anti-entropy goes one way`() {
        #expect(caught(.oneWayAntiEntropy) { $0.rumors = nil } == 10)
    }

    @Test func `when nobody answers a pull`() {
        #expect(
            caught(.pullMute) {
                $0.antiEntropy?.direction = .pull
                $0.rumors = nil
            } == 10)
    }

    /// A cluster of 25 without faults, after one write or two.
    private func quiet(
        seed: Int, writes: Int = 1, change: @escaping (inout GossipConfiguration) -> Void
    ) -> SimulatedCluster {
        var cluster = SimulatedCluster(
            seed: Seed(UInt64(seed)), nodeCount: 25, faultsEnd: .zero, change: change)
        cluster.lossPercent = 0
        for write in 0..<writes {
            cluster.put("k", "v\(write)", at: 3)
            cluster.run(until: cluster.now + 2_000_000_000)
        }
        return cluster
    }

    private func reached(_ cluster: SimulatedCluster) -> Int {
        cluster.nodes.count { $0.entry(of: "k") == cluster.nodes[3].entry(of: "k") }
    }

    @Test func `when rumors are all there is`() {
        let residues = (0..<10).map { 25 - reached(quiet(seed: $0) { $0.defects = [.rumorOnly] }) }
        #expect(residues.count { $0 > 0 } >= 8)
        let sound = (0..<10).map { 25 - reached(quiet(seed: $0, writes: 4) { _ in }) }
        #expect(sound.allSatisfy { $0 == 0 })
    }

    @Test func `when who was told the old counts as told the new`() {
        let spread = { (defects: GossipDefects) in
            (0..<10).map { seed in
                reached(
                    quiet(seed: seed, writes: 2) {
                        $0.antiEntropy = nil
                        $0.rumors?.hasFeedback = false
                        $0.rumors?.interest = .counter(30)
                        $0.defects = defects
                    })
            }
        }
        #expect(spread([]).allSatisfy { $0 == 25 })
        #expect(spread([.sentNotCleared]).allSatisfy { $0 < 25 })
    }

    @Test func `when echoes live on`() {
        let count = { (defects: GossipDefects) in
            quiet(seed: 1) {
                $0.antiEntropy = nil
                $0.rumors?.hasFeedback = false
                $0.defects = defects
            }.monitor.messageCount
        }
        #expect(count([.echoStorm]) > 20 * count([]))
    }

    @Test func `when garbage deafens a node`() {
        let values = { (defects: GossipDefects) in
            var cluster = quiet(seed: 1) { $0.defects = defects }
            cluster.step(5, .undecodable)
            cluster.put("k", "late", at: 2)
            cluster.run(until: cluster.now + 8_000_000_000)
            return cluster.nodes.count { $0.entry(of: "k")?.value == "late" }
        }
        #expect(values([]) == 25)
        #expect(values([.deafAfterGarbage]) == 24)
    }

    @Test func `when the clock on the wall is the version`() {
        let value = { (defects: GossipDefects) in
            var node = ScriptedNode { $0.defects = defects }
            let ahead = Entry.of("k", "fast clock", version: 5_000_000, by: 2)
            node.receive(.rumors(RumorExchange(rumors: [ahead])), from: 2)
            node.now = Instant(nanoseconds: 1_000_000_000)
            #expect(node.put("k", "later").responses.count == 1)
            return node.core.entry(of: "k")?.value
        }
        #expect(value([]) == "later")
        #expect(value([.wallClock]) == "fast clock")
    }

    @Test func `when a forged version is believed`() {
        let value = { (defects: GossipDefects) in
            var node = ScriptedNode { $0.defects = defects }
            node.put("k", "honest")
            let forged = Entry.of("k", "forged", version: 1 << 60, by: 2)
            node.receive(.rumors(RumorExchange(rumors: [forged])), from: 2)
            return node.core.entry(of: "k")?.value
        }
        #expect(value([]) == "honest")
        #expect(value([.acceptForged]) == "forged")
    }

    /// The node began again with nothing; what answers its earlier self's digest comes late.
    @Test func `when a delta from before a reset counts`() {
        let value = { (defects: GossipDefects) in
            var node = ScriptedNode { $0.defects = defects }
            let late = Delta.Part(
                writer: Writer(NodeID(2)), after: 50, through: 60,
                entries: [.of("b", "60", version: 60, by: 2)])
            node.receive(.delta(Delta(parts: [late])), from: 2)
            let all = Delta.Part(
                writer: Writer(NodeID(2)), after: 0, through: 60,
                entries: [.of("a", "50", version: 50, by: 2), .of("b", "60", version: 60, by: 2)])
            node.receive(.delta(Delta(parts: [all])), from: 2)
            return node.core.entry(of: "a")?.value
        }
        #expect(value([]) == "50")
        #expect(value([.obsoleteDelta]) == nil)
    }
}
