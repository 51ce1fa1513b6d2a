import Checkers
import GossipCore
import HistoryModel
import Testing
import Vocabulary

/// The checker of convergence on runs of the store itself: it must find what the monitor, which sees
/// into the nodes, finds, from what a run leaves behind.
@Suite struct `The checker of convergence` {
    private func judge(_ cluster: SimulatedCluster) throws -> CheckerResult {
        var cluster = cluster
        cluster.readAll()
        cluster.run(until: cluster.now + 100_000_000)
        let round: Nanoseconds = 360_000_000
        let result = try ConvergenceChecker(round: round, roundsMax: 14).check(
            cluster.recorder.record)
        return try #require(result)
    }

    @Test(arguments: 0..<20)
    func `finds nothing wrong with a sound store`(seed: Int) throws {
        let cluster = `A cluster under faults`.run(seed: seed, rounds: 20)
        let result = try judge(cluster)
        #expect(result.reasons == [])
        #expect(result.verdict == .valid)
        #expect(
            result.measures.contains { $0.name == "keys compared at the end" && $0.value == "12" })
    }

    @Test(arguments: [
        (GossipDefect.versionReset, "lost update"), (.oneWayAntiEntropy, "divergence"),
        (.pullMute, "divergence"), (.truncatedDelta, "divergence"),
    ])
    func `names a defect`(defect: GossipDefect, kind: String) throws {
        for seed in 0..<4 {
            let cluster = `A cluster under faults`.run(seed: seed, rounds: 20, defects: [defect]) {
                $0.rumors = nil
                if defect == .pullMute { $0.antiEntropy?.direction = .pull }
                if defect == .truncatedDelta {
                    $0.datagramBytesMax = 500
                    $0.streamBytesMax = 0
                }
            }
            let result = try judge(cluster)
            #expect(result.verdict == .invalid)
            #expect(result.reasons.contains { $0.hasPrefix(kind) })
        }
    }

    private func split(_ defect: GossipDefect?) -> SimulatedCluster {
        var cluster = SimulatedCluster(seed: Seed(4), nodeCount: 5, faultsEnd: .zero) {
            $0.antiEntropy?.interval = 300_000_000
            if let defect { $0.defects = [defect] }
        }
        cluster.put("k", "first", at: 0)
        cluster.put("l", "first", at: 0)
        cluster.run(until: cluster.now + 4_000_000_000)
        cluster.recorder.faulted(at: cluster.now)
        cluster.isolate([0, 1])
        cluster.put("l", "left", at: 0)
        cluster.put("l", "right", at: 4)
        cluster.put("k", nil, at: 4)
        cluster.run(until: cluster.now + 4_000_000_000)
        cluster.cut = []
        cluster.recorder.healed(at: cluster.now)
        cluster.run(until: cluster.now + 15_000_000_000)
        return cluster
    }

    @Test func `names what a cut leaves behind`() throws {
        #expect(try judge(split(nil)).reasons == [])
        let ties = try judge(split(.noTieBreak))
        #expect(ties.reasons.contains { $0.hasPrefix("divergence: key l") })
        let tombstones = try judge(split(.timerTombstones))
        #expect(tombstones.reasons.contains { $0.hasPrefix("resurrected delete") })
    }

    @Test func `names a forged write`() throws {
        let forge = { (defects: GossipDefects) in
            var cluster = SimulatedCluster(seed: Seed(1), nodeCount: 5, faultsEnd: .zero) {
                $0.defects = defects
            }
            cluster.put("k", "honest", at: 1)
            let forged = Entry(
                key: "k", value: "forged",
                stamp: Stamp(version: 1 << 60, writer: Writer(NodeID(3))))
            let lie = GossipMessage.rumors(RumorExchange(rumors: [forged]))
            cluster.step(0, .received(lie, from: NodeID(3)))
            cluster.run(until: cluster.now + 15_000_000_000)
            return cluster
        }
        #expect(try judge(forge([])).reasons == [])
        let result = try judge(forge([.acceptForged]))
        #expect(result.reasons.contains { $0.hasPrefix("phantom value") })
    }
}
