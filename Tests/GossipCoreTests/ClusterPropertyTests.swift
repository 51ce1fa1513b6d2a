import GossipCore
import Testing
import Vocabulary

/// Promises of the whole store, under faults drawn from a seed.
@Suite struct `A cluster under faults` {
    static let faultsEnd = Instant(nanoseconds: 12_000_000_000)

    /// Runs the faults, then some rounds without any, and judges the end.
    static func run(
        seed: Int, comparison: AntiEntropySettings.Comparison = .digest,
        direction: Direction = .pushPull, rounds: Nanoseconds = 14,
        defects: GossipDefects = [],
        change: @escaping (inout GossipConfiguration) -> Void = { _ in }
    ) -> SimulatedCluster {
        var cluster = SimulatedCluster(
            seed: Seed(UInt64(seed)), nodeCount: 5, faultsEnd: faultsEnd
        ) {
            $0.defects = defects
            $0.antiEntropy?.comparison = comparison
            $0.antiEntropy?.direction = direction
            $0.antiEntropy?.interval = 300_000_000
            $0.rumors?.direction = direction
            change(&$0)
        }
        // A fault may begin just before the end and last three seconds.
        cluster.run(until: faultsEnd + 3_000_000_000 + rounds * 360_000_000)
        cluster.monitor.checkEnd(cluster.nodes)
        return cluster
    }

    @Test(arguments: 0..<12, AntiEntropySettings.Comparison.allCases)
    func `converges and loses nothing`(seed: Int, comparison: AntiEntropySettings.Comparison) {
        let direction = Direction.allCases[seed % 3]
        let cluster = Self.run(seed: seed, comparison: comparison, direction: direction)
        #expect(cluster.monitor.violations == [])
        #expect(cluster.monitor.acknowledgedCount > 300)
        #expect(cluster.faultCount >= 3)
    }

    @Test(arguments: 0..<10)
    func `converges with nothing but small datagrams`(seed: Int) {
        let cluster = Self.run(seed: seed, rounds: 40) {
            $0.datagramBytesMax = 500
            $0.streamBytesMax = 0
        }
        #expect(cluster.monitor.violations == [])
    }

    @Test(arguments: 0..<6)
    func `forgets deletes in the end, and none comes back`(seed: Int) {
        let cluster = Self.run(seed: seed, rounds: 60)
        #expect(cluster.monitor.violations == [])
        #expect(cluster.monitor.collectedCount > 0)
        #expect(cluster.nodes.allSatisfy { node in !node.entries.contains(where: \.isTombstone) })
    }

    /// All rumors have died by then: anti-entropy alone restores it.
    @Test(arguments: 0..<6)
    func `gives a node that lost everything all of it again`(seed: Int) {
        var cluster = Self.run(
            seed: seed, comparison: AntiEntropySettings.Comparison.allCases[seed % 4])
        #expect(cluster.nodes.allSatisfy { $0.rumorCount == 0 })
        cluster.wipe(seed % 5)
        #expect(cluster.nodes[seed % 5].entries.isEmpty)
        // It takes writes once it has heard how far the others are.
        cluster.run(until: cluster.now + 10_000_000_000)
        cluster.put("later", "x", at: seed % 5)
        cluster.run(until: cluster.now + 40_000_000_000)
        cluster.monitor.checkEnd(cluster.nodes)
        #expect(cluster.monitor.violations == [])
        #expect(cluster.nodes.allSatisfy { $0.entry(of: "later")?.value == "x" })
    }

    @Test func `repeats itself from the same seed`() {
        let traces = (0..<2).map { _ in Self.run(seed: 7).traces.map(\.event) }
        #expect(traces[0] == traces[1])
    }
}
